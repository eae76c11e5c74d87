import type * as z from 'zod';
import { plainFaults } from '../../shared/api/index.ts';
import { halfIn, Refusal } from '../../shared/kernel/index.ts';

const MOST_ISSUES = 5;
const MOST_GOT = 40;
const MOST_STEPS = 20;

/** The value in the form that a schema describes; else `invalid` with what is wrong, where, and, but of secrets, what was got. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: string,
  { secret = false }: { readonly secret?: boolean } = {},
): z.output<Schema> {
  const parsed = schema.safeParse(value, { error: plainFaults });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(meant);
  const texts = issues.slice(0, MOST_ISSUES).map((issue) => {
    const where = paramOf(issue, place);
    return secret
      ? `${where}: ${issue.message}`
      : `${where}${entryWithin(issue.path, value)}: ${said(issue, value)}`;
  });
  const more = issues.length > MOST_ISSUES ? ` (and ${issues.length - MOST_ISSUES} more)` : '';
  const [first] = issues;
  throw new Refusal('invalid', texts.join('; ') + more, first === undefined ? place : paramOf(first, place));
}

/** What is wrong by the one form of several that a value has, where it has one: an object that is no matcher is told of its operator. */
function meant(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const forms = issue.errors.filter((one) => !one.some(isOtherKind));
  const [only] = forms;
  if (only === undefined || forms.length > 1) return [issue];
  return only.flatMap((inner) => meant({ ...inner, path: [...issue.path, ...inner.path] }));
}

const isOtherKind = ({ code, path }: z.core.$ZodIssue): boolean =>
  code === 'invalid_type' && path.length === 0;

function paramOf(issue: z.core.$ZodIssue, place: string): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return placeOf(path, place);
}

const placeOf = (path: readonly PropertyKey[], place: string): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${shortened(String(step))}`),
    place,
  );

/** Refuses a text with half of a character, which the table would not take: a sender that cuts texts by length makes some. */
export function refuseHalves(value: unknown, place: string): void {
  const path = halfIn(value);
  if (!path) return;
  const param = placeOf(path.slice(0, MOST_STEPS), place).toWellFormed();
  throw new Refusal(
    'invalid',
    `${param}${entryWithin(path, value)}: has one half of a character that takes two, such as \\ud83d without \\ude00; send both or neither`,
    param,
  );
}

/** The id of the innermost entry of a list in which a fault is, as ` (of 'disk')`: nobody counts to the 75th. Empty where it has none. */
export function entryWithin(path: readonly PropertyKey[], value: unknown): string {
  let found = value;
  let named = '';
  for (const step of path) {
    found = partOf(found, step);
    const id = typeof step === 'number' ? partOf(found, 'id') : undefined;
    named = typeof id === 'string' && id !== '' ? ` (of '${shortened(id)}')` : named;
  }
  return named;
}

function said(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'unrecognized_keys') return issue.message;
  const found = got(issue, value);
  return found === undefined ? issue.message : `${issue.message}; got ${found}`;
}

/** The offending value in a few characters: enough to recognise it, never a whole document; undefined where that says nothing. */
function got({ path, code }: z.core.$ZodIssue, value: unknown): string | undefined {
  const found = path.reduce<unknown>(partOf, value);
  if (found === undefined) return undefined;
  if (typeof found !== 'object' || found === null) return shortened(JSON.stringify(found) ?? typeof found);
  if (code === 'too_small' || code === 'too_big') return Array.isArray(found) ? `${found.length}` : undefined;
  if (code === 'custom') return undefined;
  return Array.isArray(found) ? 'a list' : 'an object';
}

const partOf = (whole: unknown, step: PropertyKey): unknown =>
  typeof whole === 'object' && whole !== null ? Reflect.get(whole, step) : undefined;

const shortened = (text: string): string => (text.length > MOST_GOT ? `${text.slice(0, MOST_GOT)}…` : text);
