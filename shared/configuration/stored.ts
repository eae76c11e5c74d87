import type * as z from 'zod';
import { ruleSchema } from '../detection/index.ts';
import { personSchema, policySchema } from '../on-call/index.ts';
import type { Configuration } from './configuration.ts';

/** What could be understood of a stored configuration, and in words what could not and is left out. */
export interface Understood {
  readonly configuration: Configuration;
  readonly leftOut: readonly string[];
}

/**
 * Reads a configuration as another version of this program may have stored it: fields that are not known are dropped, and a
 * person, policy or rule that cannot be understood is left out, while everything else holds. What is sent to us is read
 * strictly, by `configurationSchema`.
 */
export function understood(stored: unknown): Understood {
  const leftOut: string[] = [];
  const list = <Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema>[] => {
    const entries = isObject(stored) ? stored[name] : undefined;
    if (!Array.isArray(entries)) {
      if (entries !== undefined) leftOut.push(`${name}: not a list`);
      return [];
    }
    return entries.flatMap((entry: unknown, place) => {
      const read = lenient(schema, entry);
      if (read.success) return [read.data];
      leftOut.push(`${name}[${place}] ${nameOf(entry)}: ${read.error.issues.map(inWords).join('; ')}`);
      return [];
    });
  };
  if (!isObject(stored)) leftOut.push('all of it: not an object');
  const configuration = {
    people: list('people', personSchema),
    policies: list('policies', policySchema),
    rules: list('rules', ruleSchema),
  };
  return { configuration, leftOut };
}

/** The value without what the schema does not know of, at whatever depth; each round takes away at least one field. */
function lenient<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  const own = structuredClone(value);
  for (;;) {
    const read = schema.safeParse(own);
    const unknown = read.error?.issues.filter((issue) => issue.code === 'unrecognized_keys') ?? [];
    if (unknown.length === 0) return read;
    for (const { path, keys } of unknown) {
      const holder = path.reduce<unknown>(
        (inside, name) => (isObject(inside) ? inside[name] : undefined),
        own,
      );
      if (!isObject(holder)) return read;
      for (const key of keys) delete holder[key];
    }
  }
}

const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null;

const inWords = ({ path, message }: z.core.$ZodIssue): string => [...path.map(String), message].join(' ');

/** The id, as far as it has one. */
function nameOf(entry: unknown): string {
  const id = isObject(entry) ? entry.id : undefined;
  return typeof id === 'string' ? `'${id.slice(0, 100)}'` : 'without an id';
}
