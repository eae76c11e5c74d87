import type { Reader, TextPlace } from './reader.ts';
import { plainValue, quoted, refuseIndicator } from './scalars.ts';

/** How deep lists and objects may lie in each other. */
export const DEEPEST = 64;

/** A list in brackets or an object in braces, over as many lines as it takes. */
export function flowValue(reader: Reader, depth: number): unknown {
  if (depth > DEEPEST) throw reader.fault(`Nothing lies deeper than ${DEEPEST} levels`);
  const first = reader.line[reader.column];
  if (first === '[') return flowList(reader, depth);
  if (first === '{') return flowObject(reader, depth);
  if (first === '"' || first === "'") return quoted(reader);
  return plainValue(flowText(reader));
}

function flowList(reader: Reader, depth: number): readonly unknown[] {
  const items: unknown[] = [];
  const places = new Map<number, TextPlace>();
  reader.column++;
  for (;;) {
    if (closes(reader, ']')) return reader.placed(items, places);
    places.set(items.length, reader.place);
    items.push(flowValue(reader, depth + 1));
    comma(reader, ']');
  }
}

function flowObject(reader: Reader, depth: number): object {
  const fields = new Map<string, unknown>();
  const places = new Map<string, TextPlace>();
  reader.column++;
  for (;;) {
    if (closes(reader, '}')) return reader.placed(Object.fromEntries(fields), places);
    const place = { row: reader.row, column: reader.column, said: reader.place };
    const isQuoted = /^["']/.test(reader.rest);
    const key = isQuoted ? quoted(reader) : flowText(reader);
    if (fields.has(key)) throw reader.at(place.row, place.column).fault(`The key '${key}' is there twice`);
    places.set(key, place.said);
    toNext(reader);
    if (reader.line[reader.column] !== ':') throw reader.fault(`Expected ':' after the key '${key}'`);
    reader.column++;
    toNext(reader);
    const isEmpty = /^[,}]/.test(reader.rest);
    fields.set(key, isEmpty ? null : flowValue(reader, depth + 1));
    comma(reader, '}');
  }
}

/** Whether the bracket closes here; the end of the text must not come before. */
function closes(reader: Reader, bracket: string): boolean {
  toNext(reader);
  if (reader.line[reader.column] !== bracket) return false;
  reader.column++;
  return true;
}

function comma(reader: Reader, bracket: string): void {
  toNext(reader);
  if (reader.line[reader.column] === ',') reader.column++;
  else if (reader.line[reader.column] !== bracket) throw reader.fault(`Expected ',' or '${bracket}'`);
}

/** To what is said next, over comments and line breaks. */
function toNext(reader: Reader): void {
  for (;;) {
    reader.skipBlanks();
    const isComment =
      reader.line[reader.column] === '#' && /(^|[ \t])$/.test(reader.line.slice(0, reader.column));
    if (reader.rest !== '' && !isComment) return;
    reader.at(reader.row + 1);
    if (reader.isOver) throw reader.fault('A bracket is never closed');
  }
}

function flowText(reader: Reader): string {
  refuseIndicator(reader);
  const text = /^(?:[^,[\]{}:#"']|:(?=[^\s,[\]{}])|(?<=\S)[#"'])+/.exec(reader.rest)?.[0] ?? '';
  if (text.trim() === '') throw reader.fault('Expected a value');
  reader.column += text.length;
  return text.trim();
}
