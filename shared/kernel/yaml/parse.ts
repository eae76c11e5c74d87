import { DEEPEST, flowValue } from './flow.ts';
import { Reader, type TextPlace } from './reader.ts';
import { blockText, plainValue, quoted, refuseIndicator } from './scalars.ts';

/**
 * The value of a YAML text, as far as people write configuration in it: maps, lists, texts in all styles, numbers and truth values by the
 * core schema of YAML 1.2, so that every JSON text is one too. Anchors, aliases, tags, keys of several lines and several documents are
 * refused, with line and column (`YamlFault`).
 */
export function parseYaml(text: string): unknown {
  return valueIn(new Reader(text));
}

/** A value that was read, and where in the text the parts of it begin. */
export interface PlacedYaml {
  readonly value: unknown;
  /** Where what lies at a path begins; where its nearest surrounding begins when there is no such thing. */
  placeOf(path: readonly PropertyKey[]): TextPlace;
}

/** As `parseYaml`, with the places of all parts in the text. */
export function parsePlacedYaml(text: string): PlacedYaml {
  const reader = new Reader(text);
  const value = valueIn(reader);
  const placeOf = (path: readonly PropertyKey[]): TextPlace => {
    let found: TextPlace = { line: 1, column: 1 };
    let here: unknown = value;
    for (const step of path) {
      const place =
        typeof here === 'object' && here !== null ? reader.places.get(here)?.get(step) : undefined;
      if (place === undefined) return found;
      found = place;
      here = Reflect.get(here as object, step);
    }
    return found;
  };
  return { value, placeOf };
}

function valueIn(reader: Reader): unknown {
  reader.seek();
  if (/^%/.test(reader.rest)) throw reader.fault('Directives are not taken');
  if (/^---(\s|$)/.test(reader.rest)) {
    reader.lines[reader.row] = reader.line.replace('---', '   ');
    reader.seek();
  }
  const value = reader.isOver ? null : blockValue(reader, 0, 0);
  reader.seek();
  if (reader.isOver || /^\.\.\.\s*$/.test(reader.rest)) return value;
  if (/^---(\s|$)/.test(reader.rest)) throw reader.fault('Several documents are not taken');
  throw reader.fault('This is indented like nothing that it could belong to');
}

/** What begins at the next line that says something, which is indented so far at least. */
function blockValue(reader: Reader, indent: number, depth: number): unknown {
  reader.seek();
  if (depth > DEEPEST) throw reader.fault(`Nothing lies deeper than ${DEEPEST} levels`);
  const { column } = reader;
  if (isItem(reader)) return blockList(reader, column, depth);
  if (keyEnd(reader) !== undefined) return blockMap(reader, column, depth);
  return inlineValue(reader, indent - 1, depth);
}

const isItem = (reader: Reader): boolean => /^-(\s|$)/.test(reader.rest);
const isMark = (reader: Reader): boolean => reader.column === 0 && /^(---|\.\.\.)(\s|$)/.test(reader.rest);

function blockList(reader: Reader, indent: number, depth: number): readonly unknown[] {
  const items: unknown[] = [];
  const places = new Map<number, TextPlace>();
  for (
    reader.seek();
    !reader.isOver && reader.column === indent && isItem(reader) && !isMark(reader);
    reader.seek()
  ) {
    places.set(items.length, reader.place);
    // What follows the dash stands as if the dash were a blank.
    reader.lines[reader.row] = `${reader.line.slice(0, indent)} ${reader.line.slice(indent + 1)}`;
    const { row } = reader;
    reader.column = indent + 1;
    reader.skipBlanks();
    if (/^[|>]/.test(reader.rest)) {
      items.push(blockText(reader, indent));
      continue;
    }
    reader.seek();
    const isThere = !reader.isOver && reader.column > indent && !isMark(reader);
    items.push(isThere || reader.row === row ? blockValue(reader, indent + 1, depth + 1) : null);
  }
  return reader.placed(items, places);
}

function blockMap(reader: Reader, indent: number, depth: number): object {
  const fields = new Map<string, unknown>();
  const places = new Map<string, TextPlace>();
  for (reader.seek(); !reader.isOver && reader.column === indent && !isMark(reader); reader.seek()) {
    const end = keyEnd(reader);
    if (end === undefined || isItem(reader)) throw reader.fault("Expected a key and ':'");
    const { row, column } = reader;
    const key = /^["']/.test(reader.rest) ? quoted(reader) : reader.line.slice(column, end).trim();
    if (fields.has(key)) throw reader.at(row, column).fault(`The key '${key}' is there twice`);
    places.set(key, { line: row + 1, column: column + 1 });
    reader.at(row, end + 1);
    fields.set(key, fieldValue(reader, indent, depth));
  }
  return reader.placed(Object.fromEntries(fields), places);
}

function fieldValue(reader: Reader, indent: number, depth: number): unknown {
  reader.skipBlanks();
  if (reader.rest !== '' && !/^#/.test(reader.rest))
    return /^[|>]/.test(reader.rest) ? blockText(reader, indent) : inlineValue(reader, indent, depth);
  reader.at(reader.row + 1).seek();
  if (reader.isOver || isMark(reader)) return null;
  if (reader.column > indent) return blockValue(reader, indent + 1, depth + 1);
  return reader.column === indent && isItem(reader) ? blockList(reader, indent, depth + 1) : null;
}

/** The place of the colon that ends the key which begins here; undefined when no key does. */
function keyEnd(reader: Reader): number | undefined {
  const { rest, column } = reader;
  if (/^["']/.test(rest)) {
    const found = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*(?=:(?:\s|$))/.exec(rest)?.[0];
    return found === undefined ? undefined : column + found.length;
  }
  if (/^[[{|>]/.test(rest)) return undefined;
  const found = /^(?:[^:#]|:(?=\S)|(?<=\S)#)*?(?=:(?:\s|$))/.exec(rest)?.[0];
  if (found === undefined || found === '') return undefined;
  refuseIndicator(reader);
  return column + found.length;
}

/** A value that begins on this line; lines that go on with it are indented deeper than what it belongs to. */
function inlineValue(reader: Reader, indent: number, depth: number): unknown {
  refuseIndicator(reader);
  const [first = ''] = reader.rest;
  if (first === '[' || first === '{' || first === '"' || first === "'") {
    const value = flowValue(reader, depth + 1);
    reader.endLine();
    return value;
  }
  if (first === '|' || first === '>') return blockText(reader, indent);
  if (isItem(reader)) throw reader.fault('A list begins on a line of its own, each item after a dash');
  return plainValue(plainText(reader, indent));
}

/** An unquoted text: a line break in it is a blank, empty lines are line breaks. */
function plainText(reader: Reader, indent: number): string {
  let text = lineOf(reader);
  for (;;) {
    let breaks = 0;
    while (!reader.isOver && /^\s*$/.test(reader.line)) {
      breaks++;
      reader.at(reader.row + 1);
    }
    reader.column = /^ */.exec(reader.line)?.[0].length ?? 0;
    const goesOn = !reader.isOver && reader.column > indent && !/^#/.test(reader.rest) && !isMark(reader);
    if (!goesOn) return text;
    if (keyEnd(reader) !== undefined) throw reader.fault("A text that has ': ' in it needs quotes");
    text += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + lineOf(reader);
  }
}

function lineOf(reader: Reader): string {
  const text = reader.rest.replace(/[ \t]#.*$/, '').trim();
  if (/:(\s|$)/.test(text)) throw reader.fault("A text that has ': ' in it needs quotes");
  reader.at(reader.row + 1);
  return text;
}
