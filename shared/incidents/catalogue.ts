import * as z from 'zod';
import { serviceNamed } from '../alerts/index.ts';

/** A service by the name that alerts and incidents give it; compared as they are, without regard to case and blanks. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .overwrite((text) => serviceNamed(text) ?? text);

/** What is known of a service beside its incidents. */
export const serviceSchema = z.strictObject({
  id: name,
  /** What it is called where people read it. */
  name: z.string().trim().min(1).max(100).optional(),
  description: z.string().max(500).optional(),
  /** The id of the escalation policy of who owns it: takes its incidents where no rule assigns them. */
  owner: z.string().min(1).max(100).optional(),
  /** How much depends on it: 1 is what the business cannot do without, 4 is what nobody misses for a day. */
  tier: z.int().min(1).max(4).optional(),
  /** The services that it cannot work without. */
  dependsOn: z.array(name).max(100).default([]),
});

export type Service = z.infer<typeof serviceSchema>;
