import * as z from 'zod';
import { type CapabilityApi, timeText } from '../api/index.ts';
import { mailNotice } from '../identity/index.ts';
import { configurationParts, configurationSchema } from './configuration.ts';

const inForce = z.strictObject({
  version: z.int().min(0).meta({ description: '0 before anything was configured; also the ETag' }),
  updatedAt: timeText.optional(),
  updatedBy: z.string().optional(),
  configuration: configurationParts,
  leftOut: z.array(z.string()).min(1).optional().meta({
    description:
      'What of the stored version this program does not understand and leaves out, in words; absent when it understands all',
  }),
});

/** What the verbs of configuration take and answer. */
export const configurationApi = {
  get: { about: 'The configuration in force, and its version as ETag.', answer: inForce },
  replace: {
    about:
      'Replaces the configuration. If-Match names the version that it was made from. While that has parts which are not ' +
      'understood (`leftOut`) the answer is 409, unless `dropLeftOut=true` says to lose them.',
    query: z.strictObject({ dropLeftOut: z.enum(['true', 'false']).default('false') }),
    body: configurationSchema,
    answer: inForce.extend({ mail: z.array(mailNotice).min(1).optional() }),
  },
} as const satisfies CapabilityApi;
