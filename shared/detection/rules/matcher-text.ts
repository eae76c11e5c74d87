import { type Severity, serviceNamed, severities } from '../../alerts/index.ts';
import {
  blanks,
  isAtEnd,
  labelIn,
  type MatcherCursor,
  MatcherFault,
  type MatcherOperator,
  operatorIn,
  patternFault,
  taken,
  valueIn,
  wordIn,
  wrongAt,
} from '../../kernel/index.ts';
import type { Condition } from './condition.ts';
import { type Field, fieldNamed, fieldNames, meantField, type Subject } from './subject.ts';

/** What was read, or in words why it was not. */
export type Read<Value> = { readonly value: Value } | { readonly refused: string };

/** The most characters of one pattern. */
export const LONGEST_PATTERN = 1_000;

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
    if (fault instanceof MatcherFault) return { refused: fault.message };
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

function list(cursor: MatcherCursor): Condition[] {
  blanks(cursor);
  const isBraced = taken(cursor, '{');
  const matchers: Condition[] = [];
  do {
    blanks(cursor);
    if (isBraced && matchers.length > 0 && cursor.text[cursor.at] === '}') break;
    matchers.push(matcher(cursor));
    blanks(cursor);
  } while (taken(cursor, ','));
  if (isBraced && !taken(cursor, '}')) throw wrongAt(cursor, 'a comma or }');
  blanks(cursor);
  if (!isAtEnd(cursor)) throw wrongAt(cursor, isBraced ? 'nothing more' : 'a comma or the end');
  return matchers;
}

function matcher(cursor: MatcherCursor): Condition {
  const subject = subjectIn(cursor);
  blanks(cursor);
  const operator = operatorIn(cursor);
  blanks(cursor);
  const start = cursor.at;
  const value = valueIn(cursor, plainValue);
  if (value === undefined) throw wrongAt(cursor, 'a value, in double quotes unless it is one plain word');
  const fault = valueFault(subject, operator, value);
  if (fault !== undefined) throw new MatcherFault(`the value at character ${start + 1} ${fault}`);
  return compared(subject, operator, value);
}

/** What this comparison asks. A severity is compared by its whole name, a service in the form in which services are kept. */
export function compared(subject: Subject, operator: MatcherOperator, value: string): Condition {
  const field = 'field' in subject ? subject.field : undefined;
  const leaf: Condition =
    operator === '=~' || operator === '!~'
      ? { is: 'match', subject, pattern: field === 'service' ? ignoringCase(value) : value }
      : { is: 'equal', subject, value: known(field, value) };
  return operator.startsWith('!') ? { is: 'not', of: leaf } : leaf;
}

function known(field: Field | undefined, value: string): string {
  if (field === 'severity') return severityNamed(value) ?? value;
  return field === 'service' ? (serviceNamed(value) ?? value) : value;
}

/** What has no capital says the same. */
const ignoringCase = (pattern: string): string =>
  pattern.startsWith('(?i)') || !/\p{Lu}/u.test(pattern) ? pattern : `(?i)${pattern}`;

/** Why something cannot be compared with this; undefined when it can. */
export function valueFault(subject: Subject, operator: MatcherOperator, value: string): string | undefined {
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

const fieldName = /@\w*/y;
const plainValue = /[^\s,{}"'=~!]+/y;

function subjectIn(cursor: MatcherCursor): Subject {
  const start = cursor.at;
  const said = wordIn(cursor, fieldName);
  if (said !== undefined) {
    const field = fieldNamed(said);
    if (field) return { field };
    throw new MatcherFault(
      `${JSON.stringify(said)} at character ${start + 1} is no field; allowed are ${fieldNames}; a label of that name stands in quotes${meantField(said)}`,
    );
  }
  const label = labelIn(cursor);
  if (label === undefined) throw wrongAt(cursor, 'the name of a label, or a field with @');
  return { label };
}
