import type * as z from 'zod';

/** Fields of which all are named. */
const MOST_FIELDS = 30;

/** Says which fields there are where one was given that is none. */
export function unknownFields(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const shape = (issue.inst?._zod.def as Partial<z.core.$ZodObjectDef> | undefined)?.shape;
  const names = Object.keys(shape ?? {});
  const allowed =
    names.length === 0 || names.length > MOST_FIELDS
      ? ''
      : `; allowed ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
  return `there is no such field here${allowed}`;
}
