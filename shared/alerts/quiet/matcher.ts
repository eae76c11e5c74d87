import * as z from 'zod';
import {
  blanks,
  type Cost,
  crowding,
  isAtEnd,
  labelIn,
  MatcherFault,
  type MatcherOperator,
  matcherOperators,
  nameText,
  occurs,
  operatorIn,
  patternFault,
  patternOf,
  valueIn,
  wholly,
} from '../../kernel/index.ts';
import { serviceNamed } from '../labels.ts';

/** How a matcher compares: equal, not equal, and the same with a pattern that must fit the whole value. */
export const matcherOps = matcherOperators;
export type MatcherOp = MatcherOperator;

/** One condition on an alert, as Alertmanager has it: a label or field, how it is compared, and with what. */
export interface Matcher {
  readonly name: string;
  readonly op: MatcherOp;
  readonly value: string;
}

/** What matchers look at. A label and a field of the same name both count. */
export interface Subject {
  readonly labels: Readonly<Record<string, string>>;
  readonly fields: Readonly<Partial<Record<MatchedField, string>>>;
}

/** The fields of an alert that a matcher may name beside its labels. */
export const matchedFields = ['title', 'service', 'source', 'integration', 'severity'] as const;
export type MatchedField = (typeof matchedFields)[number];

/** What is not in quotes has no space. */
const plainValue = /[^"\s]*/y;

/** A matcher from one line such as `service=~"check.*"`; undefined when it has another form. The quotes may be left out where no space is between them. */
export function readMatcher(text: string): Matcher | undefined {
  const cursor = { text: text.trim(), at: 0 };
  try {
    const name = labelIn(cursor);
    blanks(cursor);
    const op = operatorIn(cursor);
    blanks(cursor);
    const value = valueIn(cursor, plainValue);
    return name === undefined || value === undefined || !isAtEnd(cursor) ? undefined : { name, op, value };
  } catch (fault) {
    if (fault instanceof MatcherFault) return undefined;
    throw fault;
  }
}

/** A matcher as one line, which reads as the same matcher. */
export function matcherText({ name, op, value }: Matcher): string {
  const quoted = value.replace(/[\\"]/g, (letter) => `\\${letter}`).replaceAll('\n', '\\n');
  return `${nameText(name)}${op}"${quoted}"`;
}

const isPattern = (op: MatcherOp): boolean => op === '=~' || op === '!~';

const parts = z.strictObject({
  name: z.string().min(1).max(100),
  op: z
    .enum(matcherOps, {
      error: 'expected =, != or, with a pattern as value, =~ or !~; = where it is left out',
    })
    .default('='),
  value: z.string({ error: ({ input }) => (input === undefined ? undefined : aValue) }).max(500),
});

const aValue = 'expected a text, also of a number: such as "5"';

const aMatcher =
  'Expected a matcher such as service="checkout", host!="db1", host=~"db.*" or host!~"db.*", or {"name":"host","op":"=~","value":"db.*"}; a value with a space is in quotes, and a name has no @';

const line = z
  .string()
  .max(700)
  .transform((text, context) => {
    const matcher = readMatcher(text);
    if (matcher) return matcher;
    context.addIssue({ code: 'custom', message: aMatcher });
    return z.NEVER;
  });

/** A matcher as it comes in: its three parts, or one line in the form of Alertmanager. */
export const matcherInput = z
  .union([line, parts], { error: aMatcher })
  .superRefine(({ op, value }, context) => {
    const fault = isPattern(op) ? (patternFault(value) ?? tooDear(value)) : undefined;
    if (fault) context.addIssue({ code: 'custom', path: ['value'], message: fault });
  })
  .meta({ description: 'Such as `service="checkout"`, or its parts: name, op and value.' });

/** Nanoseconds for each character, and for as many as a label has: then five hundred silences take few milliseconds, whatever an alert says. */
const MOST_COST = 40;
const LONGEST = 250;

/** What all matchers together may take, by the same measure: as much as one such pattern for each of five hundred silences. */
const MOST_OF_ALL = 500 * MOST_COST;

const lookedAt = (pattern: string): Cost => patternOf(wholly(pattern), 'anywhere').lookedAt().cost;

const costOf = ({ each, once }: Cost): number => each + once / LONGEST;

/** How much of what all silences may take the patterns of these matchers do: above 1 is too much. */
export function shareOfAll(all: readonly Matcher[]): number {
  const patterns = all.filter(({ op }) => isPattern(op));
  // So few stay below that, whatever they are.
  if (patterns.length * (MOST_COST + crowding(patterns.length)) <= MOST_OF_ALL) return 0;
  const costs = patterns.map(({ value }) => lookedAt(value));
  const machines = costs.filter(({ isMachine }) => isMachine).length;
  return (costs.reduce((sum, cost) => sum + costOf(cost), 0) + machines * crowding(machines)) / MOST_OF_ALL;
}

function tooDear(pattern: string): string | undefined {
  const each = costOf(lookedAt(pattern));
  return each <= MOST_COST
    ? undefined
    : `takes ${Math.ceil(each)} ns for each character; at most ${MOST_COST} are allowed, since all silences are asked about each alert: count less in braces, or repeat fewer groups without end`;
}

/** Whether a subject fits one matcher. What it does not have is compared as an empty text. */
export function matches({ name, op, value }: Matcher, subject: Subject): boolean {
  const values = valuesOf(subject, name);
  switch (op) {
    case '=':
      return values.includes(value) || isService(subject, name, value);
    case '!=':
      return !values.includes(value) && !isService(subject, name, value);
    case '=~':
      return values.some((one) => occurs(wholly(value), one));
    default:
      return values.every((one) => !occurs(wholly(value), one));
  }
}

/** A service is kept in one form, however it is written. */
const isService = ({ fields: { service } }: Subject, name: string, value: string): boolean =>
  name === 'service' && service !== undefined && service === serviceNamed(value);

function valuesOf({ labels, fields }: Subject, name: string): readonly string[] {
  const label = Object.hasOwn(labels, name) ? labels[name] : undefined;
  const field = matchedFields.find((one) => one === name);
  const own = field && fields[field];
  const short = name === 'severity' ? own?.split('_', 1) : undefined;
  const values = [label, own, ...(short ?? [])].filter((one) => one !== undefined);
  return values.length > 0 ? values : [''];
}

/** Whether these matchers leave out nothing: each also fits an alert that has none of what they name, or fits any value. */
export function matchEverything(matchers: readonly Matcher[]): boolean {
  const nothing: Subject = { labels: {}, fields: {} };
  return matchers.every(
    (matcher) => matches(matcher, nothing) || (matcher.op === '=~' && /^\.[*+]$/.test(matcher.value)),
  );
}
