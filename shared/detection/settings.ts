import * as z from 'zod';
import { correlationSettings } from './correlation/settings.ts';

/** How alerts become incidents, beside the rules. */
export const detectionSettings = z.strictObject({
  correlation: correlationSettings.default(() => correlationSettings.parse({})),
});

export type DetectionSettings = z.infer<typeof detectionSettings>;

export const defaultDetectionSettings: DetectionSettings = detectionSettings.parse({});
