import * as z from 'zod';

/** The form of an id that the authors of a configuration choose: it goes into keys and links. */
export const configuredId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'Use 1 to 64 letters, digits, _ or -, beginning with a letter or digit',
  );

const address = z
  .email()
  .max(254)
  .refine((text) => text.slice(0, text.lastIndexOf('@')).length <= 64, 'The part before @ is longer than 64');

/** Somebody who can be paged. */
export const personSchema = z.strictObject({
  id: configuredId,
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'A name is one line'),
  email: address,
});

export type Person = z.infer<typeof personSchema>;
