import * as z from 'zod';
import { type CapabilityApi, timeText } from '../api/index.ts';
import { configurationSchema } from './configuration.ts';

const inForce = z.strictObject({
  version: z.int().min(0).meta({ description: '0 before anything was configured; also the ETag' }),
  updatedAt: timeText.optional(),
  updatedBy: z.string().optional(),
  configuration: configurationSchema,
});

/** What the verbs of configuration take and answer. */
export const configurationApi = {
  get: { about: 'The configuration in force, and its version as ETag.', answer: inForce },
  replace: {
    about: 'Replaces the configuration. If-Match names the version that it was made from.',
    body: configurationSchema,
    answer: inForce,
  },
} as const satisfies CapabilityApi;
