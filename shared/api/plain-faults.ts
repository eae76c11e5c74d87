import type * as z from 'zod';

/** Fields of which all are named. */
const MOST_FIELDS = 30;

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** Says in plain words what is wrong and what is allowed; undefined where the schema's own words say it. */
export function plainFaults(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownFields(issue);
    case 'invalid_type': {
      const kind = kinds[String(issue.expected)];
      return kind && `${issue.input === undefined ? 'is missing; ' : ''}expected ${kind}`;
    }
    case 'too_small':
      return outside(issue, 'least', issue.minimum);
    case 'too_big':
      return outside(issue, 'most', issue.maximum);
    default:
      return undefined;
  }
}

function unknownFields({ inst }: z.core.$ZodRawIssue): string {
  const shape = (inst?._zod.def as Partial<z.core.$ZodObjectDef> | undefined)?.shape;
  const names = Object.keys(shape ?? {});
  const allowed =
    names.length === 0 || names.length > MOST_FIELDS
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
      return `too ${side === 'least' ? 'short' : 'long'}: ${limit} characters`;
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
