import type { Parsed } from './parsed.ts';

/** What a shell would act on when it stands outside of quotes. */
const acting = /[;|&<>`$()\n]/;

/** Reads a text one character after the other. */
interface Reader {
  readonly text: string;
  at: number;
}

/**
 * Splits a command line into words as a POSIX shell does: blanks, single and double quotes, backslashes. Nothing is ever
 * expanded or run, so what a shell would act on is refused unless it is quoted.
 */
export function shellWords(text: string): Parsed<readonly string[]> {
  const reader: Reader = { text, at: 0 };
  const words: string[] = [];
  for (;;) {
    while (/[ \t]/.test(text[reader.at] ?? '')) reader.at++;
    if (reader.at >= text.length) return { value: words };
    const word = nextWord(reader);
    if ('refused' in word) return word;
    words.push(word.value);
  }
}

function nextWord(reader: Reader): Parsed<string> {
  let word = '';
  for (;;) {
    const letter = reader.text[reader.at] ?? '';
    if (letter === '' || letter === ' ' || letter === '\t') return { value: word };
    const part = nextPart(reader, letter);
    if ('refused' in part) return part;
    word += part.value;
  }
}

function nextPart(reader: Reader, letter: string): Parsed<string> {
  if (acting.test(letter)) return { refused: `there is no shell here: quote ${said(letter)}` };
  reader.at++;
  if (letter === "'") return singleQuoted(reader);
  if (letter === '"') return doubleQuoted(reader);
  if (letter !== '\\') return { value: letter };
  const next = reader.text[reader.at++];
  return next === undefined ? { refused: 'a backslash at the end quotes nothing' } : { value: next };
}

function singleQuoted(reader: Reader): Parsed<string> {
  const end = reader.text.indexOf("'", reader.at);
  if (end < 0) return { refused: 'a single quote is not closed' };
  const value = reader.text.slice(reader.at, end);
  reader.at = end + 1;
  return { value };
}

function doubleQuoted(reader: Reader): Parsed<string> {
  let value = '';
  for (;;) {
    const letter = reader.text[reader.at++];
    if (letter === undefined) return { refused: 'a double quote is not closed' };
    if (letter === '"') return { value };
    if (letter === '$' || letter === '`')
      return { refused: `there is no shell here: put ${said(letter)} into single quotes` };
    const escaped = reader.text[reader.at] ?? '';
    if (letter === '\\' && /["\\$`]/.test(escaped)) {
      value += escaped;
      reader.at++;
    } else value += letter;
  }
}

const said = (letter: string): string => (letter === '\n' ? 'the end of a line' : letter);
