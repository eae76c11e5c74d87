import * as z from 'zod';
import { errorCodes, type Id, type IdKind, type Instant, idPrefixes, isId } from '../kernel/index.ts';

/** An id of this kind as it comes from outside; anything of another form is `invalid`. */
export function idText<Kind extends IdKind>(kind: Kind) {
  return z
    .string()
    .regex(new RegExp(`^${idPrefixes[kind]}_[0-7][0-9A-HJKMNP-TV-Z]{25}$`), {
      error: ({ input }) =>
        `Expected an id such as ${idPrefixes[kind]}_…${isNumbered(kind, input) ? NUMBERED : ''}`,
      abort: true,
    })
    .refine((text): text is Id<Kind> => isId(kind, text));
}

/** What people call an incident names it in no address. */
const isNumbered = (kind: IdKind, input: unknown): boolean =>
  kind === 'incident' && typeof input === 'string' && /^(inc-)?\d+$/i.test(input);

const NUMBERED =
  ': GET /api/incidents lists each by its number with its id, and its page has that in its address';

/** A time as it leaves the system: RFC 3339 in UTC. */
export const timeText = z.iso.datetime().meta({ description: 'RFC 3339, UTC' });

/** A time as it comes in: RFC 3339 with any offset; inside it is an instant. */
export const timeInput = z.iso
  .datetime({ offset: true, error: 'Expected a time as RFC 3339 has it, such as 2026-11-28T03:00:00Z' })
  .transform((text): Instant => Date.parse(text));

/** Who did something, with the name of then. */
export const actorView = z.strictObject({
  kind: z.enum(['person', 'machine', 'system']),
  id: z.string(),
  name: z.string().optional(),
});

/** Text that people write on one line: trimmed, at most `max` characters, no control characters. */
export function lineText(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, 'Expected one line without control characters');
}

/** A version or revision as an address names it: digits, and no other way to write a number. */
export const versionText = z.preprocess(
  (text) => (typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : text),
  z.int({ error: 'expected digits, such as 12' }).min(1),
);

/** The fields that every list takes. The cursor is what the page before gave as `next`. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().min(1).max(2048).optional(),
} as const;

/** One page of a list. */
export function pageOf<Entry extends z.ZodType>(entry: Entry) {
  return z.strictObject({
    items: z.array(entry),
    next: z.string().optional().meta({ description: 'The cursor of the next page; absent on the last.' }),
  });
}

/** The body of every answer that is not a success. */
export const errorBody = z.strictObject({
  error: z.strictObject({
    code: z.enum([...errorCodes, 'internal']),
    message: z.string(),
    param: z.string().optional(),
    requestId: z.string(),
  }),
});
