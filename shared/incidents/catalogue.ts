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
  /** The services that it cannot work without. */
  dependsOn: z.array(name).max(100).default([]),
});

export type Service = z.infer<typeof serviceSchema>;
