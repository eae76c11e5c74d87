import * as z from 'zod';
import { whenSchema } from '../rules/when.ts';

/** The fields that an alert and its source may have to have alike. */
export const equalFields = ['@title', '@service', '@severity', '@source', '@integration'] as const;

/** What two alerts must have alike: a label by its name, or a field as `@service`. */
const equalTo = z
  .string()
  .min(1)
  .max(100)
  .refine((name) => !name.startsWith('@') || equalFields.some((field) => field === name), {
    error: `Expected the name of a label, or a field: ${equalFields.join(', ')}`,
  });

/** An alert that fires mutes others: what fits `source` those that fit `target` and are equal to it in all of `equal`. */
export const inhibitionSchema = z.strictObject({
  id: z.string().regex(/^[\w.-]{1,100}$/, 'letters, digits, dot, dash and underscore, 100 at most'),
  name: z.string().min(1).max(200).optional(),
  source: whenSchema,
  target: whenSchema,
  /** A label that both lack is equal, too. Empty: any source mutes every target. */
  equal: z.array(equalTo).max(10).default([]),
});

export type InhibitionRule = z.infer<typeof inhibitionSchema>;
