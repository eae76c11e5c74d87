import * as z from 'zod';
import { severities } from '../alerts/index.ts';

/** How a step ends in a test; left out, it goes well: commands succeed, people do and approve. */
export const testOutcomes = ['succeeded', 'failed', 'skipped', 'refused', 'unknown'] as const;

/** A case of the `test` block: given these answers of steps, expect these steps and this outcome. */
export const testCase = z.strictObject({
  name: z.string().min(1).max(200),
  given: z
    .strictObject({
      incident: z
        .strictObject({
          title: z.string().max(250).optional(),
          severity: z.enum(severities).optional(),
          service: z.string().max(100).optional(),
        })
        .optional(),
      steps: z
        .record(
          z.string(),
          z.strictObject({
            outcome: z.enum(testOutcomes).optional(),
            output: z.string().max(2_000).optional(),
          }),
        )
        .default({}),
    })
    .default({ steps: {} }),
  expect: z.strictObject({
    /** The steps that were taken up, in order. */
    steps: z.array(z.string()).optional(),
    outcome: z.enum(['succeeded', 'failed', 'cancelled', 'waiting']).optional(),
    /** Whether the triggers fit the incident that is given. */
    matches: z.boolean().optional(),
  }),
});

export type TestCase = z.infer<typeof testCase>;
