import * as z from 'zod';
import { DAY, HOLD, MINUTE, SECOND } from '../../kernel/index.ts';
import { seconds } from './fields.ts';

/**
 * What alerts may be grouped by: their service, title, source or integration, their title without what differs from one alert to
 * the next, or one label (`label:region`).
 */
export const groupFields = ['service', 'title', 'source', 'integration', 'title-template'] as const;
const groupField = z.union([z.enum(groupFields), z.templateLiteral(['label:', z.string().min(1).max(100)])], {
  error: `Expected ${groupFields.join(', ')}, or a label as label:host`,
});
export type GroupField = z.infer<typeof groupField>;

/**
 * The shortest grouping window in seconds: the hold time and a minute for settling. A delivery is at most so late, and what
 * came between belongs to the incident anyway, so a late resolve never has to split one.
 */
export const SHORTEST_GROUPING = (HOLD + MINUTE) / SECOND;

/** Which alerts of a rule belong to one incident. */
export const group = z.strictObject({
  by: z.array(groupField).min(1).max(8).default(['service']),
  /** `fixed`: an incident for each stretch of `window` seconds, counted from midnight UTC where it divides the day. */
  mode: z.enum(['rolling', 'fixed']).optional(),
  /** Seconds: an alert joins the incident of its group when it fires within this time of it. */
  window: seconds(SHORTEST_GROUPING, DAY / SECOND).default(1_200),
  /** Seconds after its end in which an alert opens an incident again; absent is `window`. */
  reopen: seconds(SHORTEST_GROUPING, DAY / SECOND).optional(),
});
