import type { Reader } from './reader.ts';

/** The value that an unquoted text stands for, by the core schema of YAML 1.2. */
export function plainValue(text: string): unknown {
  if (/^(~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^0(o[0-7]+|x[\da-fA-F]+)$/.test(text)) return Number(text);
  return text;
}

/** What may not begin an unquoted text, and what to say of it. */
export function refuseIndicator(reader: Reader): void {
  const [first = '', second = ''] = reader.rest;
  if (first === '&' || first === '*') throw reader.fault('Anchors and aliases are not taken');
  if (first === '!') throw reader.fault('Tags are not taken');
  if ('%@`'.includes(first) && first !== '')
    throw reader.fault(`A text that begins with ${first} needs quotes`);
  if (first === '?' && (second === ' ' || second === ''))
    throw reader.fault('Keys of several lines are not taken');
}

/** A text in quotes from here on, over as many lines as it takes. */
export function quoted(reader: Reader): string {
  const quote = reader.line[reader.column];
  const isDouble = quote === '"';
  const begin = { row: reader.row, column: reader.column };
  reader.column++;
  let text = '';
  for (;;) {
    const letter = reader.line[reader.column];
    if (letter === undefined) {
      text = foldedOver(reader, text, begin);
    } else if (letter === quote) {
      reader.column++;
      if (isDouble || reader.line[reader.column] !== quote) return text;
      text += quote;
      reader.column++;
    } else if (isDouble && letter === '\\') text += escaped(reader);
    else {
      text += letter;
      reader.column++;
    }
  }
}

/** A line break in a quoted text is a blank; empty lines are line breaks. */
function foldedOver(reader: Reader, text: string, begin: { row: number; column: number }): string {
  let breaks = -1;
  do {
    reader.at(reader.row + 1);
    breaks++;
    if (reader.isOver) throw reader.at(begin.row, begin.column).fault('This quote is never closed');
    reader.skipBlanks();
  } while (reader.rest === '');
  return withoutTail(text) + (breaks === 0 ? ' ' : '\n'.repeat(breaks));
}

/** Without the blanks at its end, each of which is looked at once. */
function withoutTail(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text.slice(0, end);
}

const escapes: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
};

function escaped(reader: Reader): string {
  const letter = reader.line[reader.column + 1] ?? '';
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits === undefined) {
    const found = escapes[letter];
    if (found === undefined) throw reader.fault(`There is no escape \\${letter}`);
    reader.column += 2;
    return found;
  }
  const hex = reader.line.slice(reader.column + 2, reader.column + 2 + digits);
  const code = /^[\da-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN;
  if (!(code <= 0x10ffff)) throw reader.fault(`\\${letter} needs ${digits} hexadecimal digits`);
  reader.column += 2 + digits;
  return String.fromCodePoint(code);
}

/** A text after `|` (as it is) or `>` (folded), which is indented deeper than what it belongs to. */
export function blockText(reader: Reader, indent: number): string {
  const header = /^([|>])(?:([1-9])([-+]?)|([-+]?)([1-9]?))[ \t]*(#.*)?$/.exec(reader.rest);
  if (!header) throw reader.fault('Expected | or >, and then nothing but a number, - or +');
  const [, style, before, keepAfter = '', keepBefore = '', after] = header;
  const said = Number(before ?? (after || 0));
  const chomp = keepAfter || keepBefore;
  const lines: string[] = [];
  let deep = said === 0 ? 0 : Math.max(0, indent) + said;
  for (reader.at(reader.row + 1); !reader.isOver; reader.row++) {
    const spaces = /^ */.exec(reader.line)?.[0].length ?? 0;
    const isEmpty = spaces === reader.line.length;
    if (!isEmpty && deep === 0) deep = spaces;
    if (!isEmpty && (spaces <= indent || spaces < deep)) break;
    lines.push(isEmpty ? reader.line.slice(deep || spaces) : reader.line.slice(deep));
  }
  reader.column = 0;
  return chomped(lines, style === '>', chomp);
}

function chomped(lines: readonly string[], isFolded: boolean, chomp: string): string {
  const last = lines.findLastIndex((line) => line !== '') + 1;
  const said = lines.slice(0, last);
  const text = isFolded ? folded(said) : said.join('\n');
  if (chomp === '+') return text + '\n'.repeat(lines.length - last + (last > 0 ? 1 : 0));
  return chomp === '-' || last === 0 ? text : `${text}\n`;
}

/** Lines become one, but for those that are indented further; empty lines are line breaks. */
function folded(lines: readonly string[]): string {
  let text = '';
  let breaks = 0;
  let wasIndented = false;
  for (const [i, line] of lines.entries()) {
    if (line === '') {
      breaks++;
      continue;
    }
    const isFirst = text === '' && breaks === i;
    const isIndented = /^[ \t]/.test(line);
    const isApart = isIndented || wasIndented;
    wasIndented = isIndented;
    if (isFirst) text += '\n'.repeat(breaks);
    else if (isApart) text += '\n'.repeat(breaks + 1);
    else text += breaks === 0 ? ' ' : '\n'.repeat(breaks);
    text += line;
    breaks = 0;
  }
  return text;
}
