import { type Severity, severities } from '../../alerts/index.ts';
import { patternFault } from '../../kernel/index.ts';
import type { Condition } from './condition.ts';
import { fieldNamed, fieldNames, type Subject } from './subject.ts';

/** What was read, or in words why it was not. */
export type Read<Value> = { readonly value: Value } | { readonly refused: string };

const operators = ['=~', '!~', '!=', '='] as const;
type Operator = (typeof operators)[number];

/** The most characters of one pattern. */
export const LONGEST_PATTERN = 1_000;

interface Reader {
  readonly text: string;
  at: number;
}

class Fault extends Error {}

/**
 * Reads matchers as Alertmanager writes them: `env="prod"`, `team=~"pay.*"`, `{env!="dev", name!~"test.*"}`; of several, all hold.
 * Fields carry an `@`: `@title=~".*disk.*"`. Beside them stands `severity at least P2`.
 */
export function readMatchers(text: string): Read<Condition> {
  const compared = /^\s*@?severity\s+at\s+(least|most)\s+(\S+?)\s*$/i.exec(text);
  if (compared)
    return severityLeaf(compared[1]?.toLowerCase() === 'most' ? 'most' : 'least', compared[2] ?? '');
  try {
    const matchers = list({ text, at: 0 });
    const [only] = matchers;
    return { value: matchers.length === 1 && only ? only : { is: 'all', of: matchers } };
  } catch (fault) {
    if (fault instanceof Fault) return { refused: fault.message };
    throw fault;
  }
}

/** A severity by its whole name or by its first two letters. */
export const severityNamed = (word: string): Severity | undefined =>
  severities.find((one) => one === word.toUpperCase() || one.slice(0, 2) === word.toUpperCase());

export function severityLeaf(at: 'least' | 'most', word: string): Read<Condition> {
  const than = severityNamed(word);
  if (than) return { value: { is: 'severity', at, than } };
  return {
    refused: `${JSON.stringify(word)} is no severity; allowed is P1 to P5 or ${severities.join(', ')}`,
  };
}

function list(reader: Reader): Condition[] {
  blanks(reader);
  const isBraced = taken(reader, '{');
  const matchers: Condition[] = [];
  do {
    blanks(reader);
    if (isBraced && matchers.length > 0 && reader.text[reader.at] === '}') break;
    matchers.push(matcher(reader));
    blanks(reader);
  } while (taken(reader, ','));
  if (isBraced && !taken(reader, '}')) throw wrong(reader, 'a comma or }');
  blanks(reader);
  if (reader.at < reader.text.length) throw wrong(reader, isBraced ? 'nothing more' : 'a comma or the end');
  return matchers;
}

function matcher(reader: Reader): Condition {
  const subject = subjectIn(reader);
  blanks(reader);
  const operator = operators.find((one) => taken(reader, one));
  if (operator === undefined) throw wrong(reader, `one of ${operators.join(' ')}`);
  blanks(reader);
  const start = reader.at;
  const value = valueIn(reader);
  const fault = valueFault(subject, operator, value);
  if (fault !== undefined) throw new Fault(`the value at character ${start + 1} ${fault}`);
  return compared(subject, operator, value);
}

/** What this comparison asks. A severity is compared by its whole name. */
export function compared(subject: Subject, operator: Operator, value: string): Condition {
  const isSeverity = 'field' in subject && subject.field === 'severity';
  const leaf: Condition =
    operator === '=~' || operator === '!~'
      ? { is: 'match', subject, pattern: value }
      : { is: 'equal', subject, value: (isSeverity && severityNamed(value)) || value };
  return operator.startsWith('!') ? { is: 'not', of: leaf } : leaf;
}

/** Why something cannot be compared with this; undefined when it can. */
export function valueFault(subject: Subject, operator: Operator, value: string): string | undefined {
  if (operator === '=~' || operator === '!~') {
    if (value.length > LONGEST_PATTERN)
      return `is a pattern of ${value.length} characters; at most ${LONGEST_PATTERN} are allowed`;
    return patternFault(value);
  }
  const isSeverity = 'field' in subject && subject.field === 'severity';
  if (isSeverity && value !== '' && severityNamed(value) === undefined)
    return `is ${JSON.stringify(value)}, which is no severity; allowed is P1 to P5 or ${severities.join(', ')}`;
  return undefined;
}

const name = /[A-Za-z_][\w.:/-]*/y;
const fieldName = /@\w*/y;

function subjectIn(reader: Reader): Subject {
  const start = reader.at;
  if (reader.text[start] === '"') return { label: quotedIn(reader) };
  const said = word(reader, fieldName);
  if (said !== undefined) {
    const field = fieldNamed(said);
    if (field) return { field };
    throw new Fault(
      `${JSON.stringify(said)} at character ${start + 1} is no field; allowed are ${fieldNames}; a label of that name stands in quotes`,
    );
  }
  const label = word(reader, name);
  if (label === undefined) throw wrong(reader, 'the name of a label, or a field with @');
  return { label };
}

function valueIn(reader: Reader): string {
  if (reader.text[reader.at] === '"') return quotedIn(reader);
  return word(reader, /[^\s,{}"'=~!]+/y) ?? refuseValue(reader);
}

function refuseValue(reader: Reader): never {
  throw wrong(reader, 'a value, in double quotes unless it is one plain word');
}

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n', t: '\t', r: '\r' };

/** A text in double quotes. A backslash that escapes nothing stands for itself, so that patterns can be written as they are. */
function quotedIn(reader: Reader): string {
  const start = reader.at++;
  let value = '';
  for (; reader.at < reader.text.length; reader.at++) {
    const char = reader.text[reader.at] ?? '';
    if (char === '"') {
      reader.at++;
      return value;
    }
    if (char !== '\\') value += char;
    else {
      const next = reader.text[reader.at + 1] ?? '';
      value += escapes[next] ?? `\\${next}`;
      reader.at++;
    }
  }
  throw new Fault(`the quotes at character ${start + 1} are not closed`);
}

function word(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  reader.at += found?.length ?? 0;
  return found;
}

function taken(reader: Reader, wanted: string): boolean {
  if (!reader.text.startsWith(wanted, reader.at)) return false;
  reader.at += wanted.length;
  return true;
}

function blanks(reader: Reader): void {
  word(reader, /\s*/y);
}

function wrong({ text, at }: Reader, allowed: string): Fault {
  const rest = text.slice(at, at + 20);
  const got = at < text.length ? `${JSON.stringify(rest)} stands at character ${at + 1}` : 'it ends';
  return new Fault(`${got} where ${allowed} is allowed`);
}
