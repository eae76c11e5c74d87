import * as z from 'zod';
import { timeText } from '../api/index.ts';
import { type Instant, toText } from '../kernel/index.ts';

/** What one step of an explanation is about, in the order in which they are told. */
export const explainedParts = [
  'received',
  'rules',
  'grouping',
  'quiet',
  'correlation',
  'window',
  'opening',
  'alerts',
  'severity',
  'links',
  'page',
  'history',
  'next',
] as const;
export type ExplainedPart = (typeof explainedParts)[number];

/** What became of the last firing of an alert. */
export const alertOutcomes = [
  'incident',
  'silence',
  'maintenance',
  'inhibition',
  'suppressed',
  'dropped',
  'waiting',
  'undecided',
  'over',
] as const;
export type AlertOutcome = (typeof alertOutcomes)[number];

/** One step: a sentence, what it rests on, and when that was. */
export interface ExplainedStep {
  readonly about: ExplainedPart;
  readonly text: string;
  readonly at?: Instant;
  /** What goes with it, each a sentence or a value. */
  readonly lines?: readonly string[];
  /** Whether the record says so, or it was worked out again just now. */
  readonly basis: 'recorded' | 'recomputed';
  /** The same as data. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Why something came out as it did: in short, and step by step. */
export interface Explanation {
  readonly summary: string;
  readonly steps: readonly ExplainedStep[];
}

/** An explanation as the API shows it. */
export const explanationView = z
  .strictObject({
    summary: z.string().meta({ description: 'What happened and why, in one to three sentences.' }),
    steps: z.array(
      z.strictObject({
        about: z.enum(explainedParts),
        at: timeText.optional(),
        text: z.string(),
        lines: z.array(z.string()).optional(),
        basis: z.enum(['recorded', 'recomputed']).meta({
          description:
            '`recorded`: the record says so. `recomputed`: worked out again for this answer, from what is kept.',
        }),
        data: z.record(z.string(), z.unknown()).optional().meta({ description: 'The same as data.' }),
      }),
    ),
  })
  .meta({ id: 'Explanation' });

/** An explanation with its times as text. */
export function viewExplanation({ summary, steps }: Explanation): z.input<typeof explanationView> {
  return {
    summary,
    steps: steps.map(({ about, at, text, lines, basis, data }) => ({
      ...{ about, text, basis },
      ...(at !== undefined && { at: toText(at) }),
      ...(lines && lines.length > 0 && { lines: [...lines] }),
      ...(data && { data: { ...data } }),
    })),
  };
}
