import * as z from 'zod';
import { SECOND } from '../kernel/index.ts';
import { correlationSettings } from './correlation/settings.ts';
import { type FlappingSettings, LONGEST_FLAPPING, usualFlapping } from './flapping.ts';
import { inhibitionSchema } from './inhibition/rule.ts';
import { USUAL_STORM_LIMIT } from './storm-counts.ts';

/** How detection is set for an organisation as a whole. */
export const detectionSettings = z.strictObject({
  /** Days for which received signals are kept, to be searched and to try rules on. */
  signalDays: z.int().min(7).max(400).default(30),
  /** How many new alerts of one integration may open incidents of their own in a minute; the others go into one storm incident. */
  stormLimit: z.int().min(10).max(500).default(USUAL_STORM_LIMIT),
  /** An alert flaps that begins or ends so often within so many seconds; its incident ends when it was quiet for as long. */
  flappingChanges: z.int().min(4).max(14).default(usualFlapping.changes),
  flappingSeconds: z
    .int()
    .min(60)
    .max(LONGEST_FLAPPING / SECOND)
    .default(usualFlapping.within / SECOND),
  /** Alerts that mute others while they fire. */
  inhibitions: z.array(inhibitionSchema).max(200).default([]),
  correlation: correlationSettings.default(() => correlationSettings.parse({})),
});

export type DetectionSettings = z.infer<typeof detectionSettings>;

/** What holds before anybody has set it. */
export const defaultDetectionSettings: DetectionSettings = detectionSettings.parse({});

/** When an alert flaps, by the settings. */
export const flappingBy = ({ flappingChanges, flappingSeconds }: DetectionSettings): FlappingSettings => ({
  changes: flappingChanges,
  within: flappingSeconds * SECOND,
});
