import * as z from 'zod';
import { isRecord, type JsonRecord, patternFault } from '../../kernel/index.ts';
import type { Condition } from './condition.ts';
import {
  compared,
  LONGEST_PATTERN,
  type Read,
  readMatchers,
  severityLeaf,
  valueFault,
} from './matcher-text.ts';
import { fieldNamed, fieldNames, type Subject } from './subject.ts';

/** A condition as it is written: matchers as text, an object about one label or field, or others nested in it. */
export type When =
  | string
  | { readonly all: readonly When[] }
  | { readonly any: readonly When[] }
  | { readonly not: When }
  | WhenLeaf;

/** One label or field, and one thing that is asked of it. */
export type WhenLeaf = ({ readonly label: string } | { readonly field: string }) & {
  readonly is?: string | readonly string[];
  readonly isNot?: string | readonly string[];
  readonly matches?: string;
  readonly matchesNot?: string;
  readonly occurs?: string;
  readonly exists?: boolean;
  readonly atLeast?: string;
  readonly atMost?: string;
};

/** How deep conditions may be nested, and how many of them one rule may have in all. */
export const DEEPEST_WHEN = 8;
export const MOST_LEAVES = 100;
const LONGEST_TEXT = 4_000;

/** What is wrong with a condition, and where. */
export interface WhenFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface Reading {
  readonly faults: WhenFault[];
  leaves: number;
}

const NEVER: Condition = { is: 'any', of: [] };

/** Reads a condition; all faults together, each with its place. */
export function readWhen(said: unknown): {
  readonly condition: Condition;
  readonly faults: readonly WhenFault[];
} {
  const reading: Reading = { faults: [], leaves: 0 };
  const condition = read(said, [], reading);
  if (reading.leaves > MOST_LEAVES)
    reading.faults.push({
      path: [],
      message: `There are ${reading.leaves} conditions in it; at most ${MOST_LEAVES} are allowed`,
    });
  return { condition, faults: reading.faults };
}

type Path = readonly (string | number)[];

function read(said: unknown, path: Path, reading: Reading): Condition {
  if (typeof said === 'string') return leaf(readText(said), path, reading);
  if (!isRecord(said)) return fault(path, `Got ${kindOf(said)}; ${ALLOWED}`, reading);
  const nests = (['all', 'any', 'not'] as const).filter((one) => Object.hasOwn(said, one));
  const [nest] = nests;
  if (nest === undefined) return leaf(readLeaf(said), path, reading);
  if (Object.keys(said).length > 1)
    return fault(path, `'${nest}' stands alone in its object; got ${Object.keys(said).join(', ')}`, reading);
  if (path.filter((part) => typeof part === 'string').length >= DEEPEST_WHEN)
    return fault(path, `Conditions are nested deeper than ${DEEPEST_WHEN}`, reading);
  const inside = said[nest];
  if (nest === 'not') return { is: 'not', of: read(inside, [...path, 'not'], reading) };
  if (!Array.isArray(inside) || inside.length === 0)
    return fault([...path, nest], `Got ${kindOf(inside)}; '${nest}' takes a list of conditions`, reading);
  if (inside.length > MOST_LEAVES)
    return fault(
      [...path, nest],
      `Got ${inside.length} conditions; at most ${MOST_LEAVES} are allowed`,
      reading,
    );
  return { is: nest, of: inside.map((one, i) => read(one, [...path, nest, i], reading)) };
}

const ALLOWED =
  'a condition is a text such as env="prod", an object such as {"field": "title", "matches": "disk.*"}, or {"all": […]}, {"any": […]}, {"not": …}';

function kindOf(said: unknown): string {
  if (said === null || said === undefined) return 'nothing';
  if (Array.isArray(said)) return said.length === 0 ? 'an empty list' : 'a list';
  return typeof said === 'object' ? 'an object' : JSON.stringify(said);
}

function fault(path: Path, message: string, reading: Reading): Condition {
  reading.faults.push({ path, message });
  return NEVER;
}

function leaf(found: Read<Condition>, path: Path, reading: Reading): Condition {
  if ('refused' in found) return fault(path, found.refused, reading);
  reading.leaves += found.value.is === 'all' || found.value.is === 'any' ? found.value.of.length : 1;
  return found.value;
}

function readText(text: string): Read<Condition> {
  if (text.length > LONGEST_TEXT)
    return { refused: `Got ${text.length} characters; at most ${LONGEST_TEXT} are allowed` };
  const found = readMatchers(text);
  return 'refused' in found
    ? { refused: `In ${JSON.stringify(text.slice(0, 100))} ${found.refused}` }
    : found;
}

const questions = ['is', 'isNot', 'matches', 'matchesNot', 'occurs', 'exists', 'atLeast', 'atMost'] as const;

function readLeaf(said: JsonRecord): Read<Condition> {
  const subject = subjectOf(said);
  if ('refused' in subject) return subject;
  const unknown = Object.keys(said).filter((key) => ![...questions, 'label', 'field'].includes(key));
  const asked = questions.filter((one) => Object.hasOwn(said, one));
  const [question] = asked;
  if (unknown.length > 0 || question === undefined || asked.length > 1)
    return { refused: `Got ${Object.keys(said).join(', ')}; allowed is one of ${questions.join(', ')}` };
  return ask(subject.value, question, said[question]);
}

function subjectOf({ label, field }: JsonRecord): Read<Subject> {
  if (typeof label === 'string' && field === undefined && label !== '' && label.length <= 200)
    return { value: { label } };
  const known = typeof field === 'string' && label === undefined ? fieldNamed(field) : undefined;
  if (known) return { value: { field: known } };
  if (typeof field === 'string' && label === undefined)
    return {
      refused: `Got field ${kindOf(field)}; fields are ${fieldNames}. For a label say {"label": ${kindOf(field)}, …}`,
    };
  return {
    refused: `Got ${label === undefined ? `field ${kindOf(field)}` : `label ${kindOf(label)}`}; ${ALLOWED}; fields are ${fieldNames}`,
  };
}

function ask(subject: Subject, question: (typeof questions)[number], value: unknown): Read<Condition> {
  if (question === 'exists')
    return typeof value === 'boolean'
      ? { value: value ? { is: 'there', subject } : { is: 'not', of: { is: 'there', subject } } }
      : { refused: `Got ${kindOf(value)}; 'exists' is true or false` };
  if (question === 'is' || question === 'isNot') return oneOf(subject, question, value);
  if (typeof value !== 'string') return { refused: `Got ${kindOf(value)}; '${question}' takes a text` };
  if (question === 'atLeast' || question === 'atMost')
    return 'field' in subject && subject.field === 'severity'
      ? severityLeaf(question === 'atLeast' ? 'least' : 'most', value)
      : { refused: `'${question}' compares the field severity alone` };
  return question === 'occurs'
    ? occurring(subject, value)
    : comparing(subject, question === 'matches' ? '=~' : '!~', value);
}

function oneOf(subject: Subject, question: 'is' | 'isNot', value: unknown): Read<Condition> {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0 || values.length > MOST_LEAVES || !values.every((one) => typeof one === 'string'))
    return { refused: `Got ${kindOf(value)}; '${question}' takes a text or a list of 1 to ${MOST_LEAVES}` };
  const asked = values.map((one) => comparing(subject, '=', one));
  const refused = asked.find((one) => 'refused' in one);
  if (refused) return refused;
  const conditions = asked.flatMap((one) => ('value' in one ? [one.value] : []));
  const [only] = conditions;
  const any: Condition = conditions.length === 1 && only ? only : { is: 'any', of: conditions };
  return { value: question === 'is' ? any : { is: 'not', of: any } };
}

function comparing(subject: Subject, operator: '=' | '=~' | '!~', value: string): Read<Condition> {
  const fault = valueFault(subject, operator, value);
  return fault === undefined
    ? { value: compared(subject, operator, value) }
    : { refused: `The value ${fault}` };
}

function occurring(subject: Subject, pattern: string): Read<Condition> {
  const length = pattern.length > LONGEST_PATTERN || pattern === '' ? pattern.length : undefined;
  if (length !== undefined)
    return { refused: `Got a pattern of ${length} characters; 1 to ${LONGEST_PATTERN} are allowed` };
  const fault = patternFault(pattern);
  return fault === undefined
    ? { value: { is: 'occur', subject, pattern } }
    : { refused: `The pattern ${fault}` };
}

/** A condition over labels and fields. It is kept as it is written. */
export const whenSchema: z.ZodType<When, When> = z
  .union([z.string(), z.record(z.string(), z.unknown())], {
    error: ({ input }) => `Got ${kindOf(input)}; ${ALLOWED}`,
  })
  .superRefine((said, context) => {
    for (const { path, message } of readWhen(said).faults)
      context.addIssue({ code: 'custom', path: [...path], message });
  })
  .meta({ id: 'When', description: ALLOWED }) as unknown as z.ZodType<When, When>;
