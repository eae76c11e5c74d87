/** How a matcher compares: with a pattern or a text, and whether that must fit or must not; the longer ones first. */
export const matcherOperators = ['=~', '!~', '!=', '='] as const;
export type MatcherOperator = (typeof matcherOperators)[number];

/** A place in the text of matchers, which moves as it is read. */
export interface MatcherCursor {
  readonly text: string;
  at: number;
}

/** Why a text cannot be read as matchers, in words. */
export class MatcherFault extends Error {}

const label = /[\p{L}_][\p{L}\p{N}_.:/@-]*/uy;

/** The name of a label, in quotes where it has another form; undefined when none stands there. */
export function labelIn(cursor: MatcherCursor): string | undefined {
  return isQuote(cursor) ? quotedIn(cursor) : wordIn(cursor, label);
}

/** A name as it is read back: in quotes where it has another form than that of a label. */
export const nameText = (name: string): string =>
  wordIn({ text: name, at: 0 }, label) === name
    ? name
    : `"${name.replace(/[\\"]/g, (letter) => `\\${letter}`)}"`;

/** How it is compared. */
export function operatorIn(cursor: MatcherCursor): MatcherOperator {
  const operator = matcherOperators.find((one) => taken(cursor, one));
  if (operator === undefined) throw wrongAt(cursor, `one of ${matcherOperators.join(' ')}`);
  return operator;
}

/** A value: in double quotes, or what this pattern takes; undefined when it takes nothing. */
export function valueIn(cursor: MatcherCursor, plain: RegExp): string | undefined {
  return isQuote(cursor) ? quotedIn(cursor) : wordIn(cursor, plain);
}

const isQuote = ({ text, at }: MatcherCursor): boolean => text[at] === '"';

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n', t: '\t', r: '\r' };

/** A text in double quotes. A backslash that escapes nothing stands for itself, so that patterns can be written as they are. */
function quotedIn(cursor: MatcherCursor): string {
  const start = cursor.at++;
  let value = '';
  for (; cursor.at < cursor.text.length; cursor.at++) {
    const char = cursor.text[cursor.at] ?? '';
    if (char === '"') {
      cursor.at++;
      return value;
    }
    if (char !== '\\') value += char;
    else {
      const next = cursor.text[cursor.at + 1] ?? '';
      value += escapes[next] ?? `\\${next}`;
      cursor.at++;
    }
  }
  throw new MatcherFault(`the quotes at character ${start + 1} are not closed`);
}

/** What a sticky pattern takes from there; undefined when nothing. */
export function wordIn(cursor: MatcherCursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  cursor.at += found?.length ?? 0;
  return found;
}

/** Whether this text stood there. */
export function taken(cursor: MatcherCursor, wanted: string): boolean {
  if (!cursor.text.startsWith(wanted, cursor.at)) return false;
  cursor.at += wanted.length;
  return true;
}

/** Passes over blanks. */
export function blanks(cursor: MatcherCursor): void {
  wordIn(cursor, /\s*/y);
}

/** Whether all was read. */
export const isAtEnd = ({ text, at }: MatcherCursor): boolean => at >= text.length;

/** That something else stands there than is allowed. */
export function wrongAt({ text, at }: MatcherCursor, allowed: string): MatcherFault {
  const rest = text.slice(at, at + 20);
  const got = at < text.length ? `${JSON.stringify(rest)} stands at character ${at + 1}` : 'it ends';
  return new MatcherFault(`${got} where ${allowed} is allowed`);
}
