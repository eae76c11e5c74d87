import * as z from 'zod';
import { severities } from '../alerts/index.ts';
import { configuredId } from './person.ts';

/** Who is paged together, and for how long they alone are given time to answer. */
export const levelSchema = z.strictObject({
  /** Ids of people and of schedules. */
  targets: z.array(configuredId).min(1).max(20),
  /** Seconds from this level's page to the next level's. */
  delay: z.int().min(60).max(86_400).default(300),
  /** Only incidents of these severities come to this level; left out, all. */
  severities: z.array(z.enum(severities)).min(1).max(severities.length).optional(),
});

/** An escalation policy: its levels are paged in turn until somebody answers. */
export const policySchema = z.strictObject({
  id: configuredId,
  name: z.string().trim().min(1).max(100),
  levels: z.array(levelSchema).min(1).max(10),
  /** How many times the levels are gone through again. */
  repeat: z.int().min(0).max(9).default(0),
  /** The person or schedule that is paged where no level reaches anybody; the administrators come only after it. */
  lastResort: configuredId.optional(),
});

export type Level = z.infer<typeof levelSchema>;
export type Policy = z.infer<typeof policySchema>;
