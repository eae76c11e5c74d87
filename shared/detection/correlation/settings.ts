import * as z from 'zod';
import { DAY, SECOND } from '../../kernel/index.ts';

/** How incidents of different groups are brought together. */
export const correlationSettings = z.strictObject({
  /** Whether the services' `dependsOn` says which alerts may have one cause. */
  dependencies: z.boolean().default(true),
  /** Whether titles that say nearly the same count towards that. */
  similarity: z.boolean().default(true),
  /** Seconds between what may belong together. */
  window: z
    .int()
    .min(60)
    .max(DAY / SECOND)
    .default(1_800),
  /** The score, from 0 to 1, from which alerts join an incident that is open already. */
  joinAt: z.number().min(0.1).max(1).default(0.6),
  /** The score from which two incidents are told to be related, and stay two. */
  relateAt: z.number().min(0.1).max(1).default(0.35),
});

export type CorrelationSettings = z.infer<typeof correlationSettings>;

export const defaultCorrelation: CorrelationSettings = correlationSettings.parse({});
