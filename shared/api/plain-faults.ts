import type * as z from 'zod';

/** Fields, or words that are allowed, of which all are named. */
const MOST_NAMED = 30;

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What a text should be, by what zod calls its format. */
const formats: Readonly<Record<string, string>> = {
  email: 'an e-mail address, such as ann@example.com',
  url: 'an address, such as https://example.com/page',
  datetime: 'a date and time as RFC 3339 has it, such as 2026-12-01T22:00:00Z',
  date: 'a date, such as 2026-12-01',
  base64: 'base64',
};

/** Says in plain words what is wrong and what is allowed; undefined where the schema's own words say it. */
export function plainFaults(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownFields(issue);
    case 'invalid_type': {
      const kind = kinds[String(issue.expected)];
      return kind && expected(kind, issue.input);
    }
    case 'invalid_value':
      return expected(oneOf(issue.values), issue.input);
    case 'invalid_format': {
      const format = formats[issue.format];
      return format && expected(format, issue.input);
    }
    case 'invalid_union':
      return unlike(issue);
    case 'too_small':
      return outside(issue, 'least', issue.minimum);
    case 'too_big':
      return outside(issue, 'most', issue.maximum);
    default:
      return undefined;
  }
}

/** What is expected, and whether there was anything. */
const expected = (what: string, got: unknown): string =>
  `${got === undefined ? 'is missing; ' : ''}expected ${what}`;

/** What is allowed, in words. */
function oneOf(values: Iterable<unknown>): string {
  const all = [...values].map((one) => (typeof one === 'string' ? JSON.stringify(one) : String(one)));
  if (all.length === 1) return String(all[0]);
  const more = all.length - MOST_NAMED;
  return `one of ${all.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Of things of several kinds: which kinds there are, where one field tells them apart. */
function unlike({ input, inst, ...issue }: z.core.$ZodRawIssue): string | undefined {
  const { discriminator } = issue;
  const internals = inst?._zod;
  if (typeof discriminator !== 'string' || !internals || !('propValues' in internals)) return undefined;
  const values = internals.propValues?.[discriminator];
  const got: unknown =
    typeof input === 'object' && input !== null ? Reflect.get(input, discriminator) : undefined;
  return values && expected(oneOf(values), got);
}

function unknownFields({ inst }: z.core.$ZodRawIssue): string {
  const shape = (inst?._zod.def as Partial<z.core.$ZodObjectDef> | undefined)?.shape;
  const names = Object.keys(shape ?? {});
  const allowed =
    names.length === 0 || names.length > MOST_NAMED
      ? ''
      : `; allowed ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
  return `there is no such field here${allowed}`;
}

type Outside = z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig>;

function outside({ origin, inclusive }: Outside, side: 'least' | 'most', bound: unknown): string | undefined {
  const limit =
    inclusive === false ? `${side === 'least' ? 'more' : 'less'} than ${bound}` : `at ${side} ${bound}`;
  switch (origin) {
    case 'string':
      if (side === 'least' && bound === 1) return 'is empty; expected a text';
      return `too ${side === 'least' ? 'short' : 'long'}: ${limit} ${bound === 1 ? 'character' : 'characters'}`;
    case 'array':
    case 'set':
      return `too ${side === 'least' ? 'few' : 'many'}: ${limit}`;
    case 'number':
    case 'int':
      return `too ${side === 'least' ? 'small' : 'large'}: ${limit}`;
    default:
      return undefined;
  }
}
