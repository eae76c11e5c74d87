import * as z from 'zod';
import { correlationSettings } from './correlation/settings.ts';
import { USUAL_STORM_LIMIT } from './storm-counts.ts';

/** How detection is set for an organisation as a whole. */
export const detectionSettings = z.strictObject({
  /** Days for which received signals are kept, to be searched and to try rules on. */
  signalDays: z.int().min(7).max(400).default(30),
  /** How many new alerts of one integration may open incidents of their own in a minute; the others go into one storm incident. */
  stormLimit: z.int().min(10).max(500).default(USUAL_STORM_LIMIT),
  correlation: correlationSettings.default(() => correlationSettings.parse({})),
});

export type DetectionSettings = z.infer<typeof detectionSettings>;

/** What holds before anybody has set it. */
export const defaultDetectionSettings: DetectionSettings = detectionSettings.parse({});
