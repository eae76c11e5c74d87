import * as z from 'zod';
import { severities } from '../alerts/index.ts';
import { DAY, HOLD, MINUTE, patternFault, SECOND } from '../kernel/index.ts';

const seconds = (min: number, max: number) => z.int().min(min).max(max);

/** What alerts may be grouped by: their service, title, source or integration, or one label (`label:region`). */
export const groupFields = ['service', 'title', 'source', 'integration'] as const;
const groupField = z.union([z.enum(groupFields), z.templateLiteral(['label:', z.string().min(1).max(100)])]);
export type GroupField = z.infer<typeof groupField>;

const pattern = z
  .string()
  .min(1)
  .max(1_000)
  .superRefine((text, context) => {
    const fault = patternFault(text);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  });

/**
 * The shortest grouping window in seconds: the hold time and a minute for settling. A delivery is at most so late, and what
 * came between belongs to the incident anyway, so a late resolve never has to split one.
 */
export const SHORTEST_GROUPING = (HOLD + MINUTE) / SECOND;

const conditions = z.strictObject({
  /** Searched in title and description, ignoring case, on a linear-time engine. Absent matches every alert. */
  alertPattern: pattern.optional(),
  /** How many distinct alerts must fire inside one time window before an incident opens. */
  threshold: z.int().min(1).max(100).default(1),
  /** Seconds; slides over event time. */
  timeWindow: seconds(1, DAY / SECOND).default(300),
  /** The incident's severity; absent takes the alert's own. */
  severity: z.enum(severities).optional(),
});

const actions = z.strictObject({
  /** `false` records matching alerts without an incident. */
  createIncident: z.boolean().default(true),
  /** The id of an escalation policy. */
  assignToTeam: z.string().min(1).max(100).optional(),
  /** Seconds between the levels of that policy. */
  escalateAfter: seconds(60, DAY / SECOND).optional(),
  runbook: z.string().min(1).max(500).optional(),
});

const group = z.strictObject({
  by: z.array(groupField).min(1).max(8).default(['service']),
  /** Seconds: an alert joins the incident of its group when it fires within this time of it. */
  window: seconds(SHORTEST_GROUPING, DAY / SECOND).default(1_200),
});

/** A detection rule. Rules are tried in order; the first enabled one that matches decides. */
export const ruleSchema = z
  .strictObject({
    id: z.string().regex(/^[\w.-]{1,100}$/, 'letters, digits, dot, dash and underscore, 100 at most'),
    name: z.string().min(1).max(200),
    description: z.string().max(2_000).default(''),
    enabled: z.boolean().default(true),
    conditions: conditions.default(() => conditions.parse({})),
    group: group.default(() => group.parse({})),
    actions: actions.default(() => actions.parse({})),
  })
  .refine((rule) => rule.conditions.threshold === 1 || rule.group.window >= rule.conditions.timeWindow, {
    message: 'group.window must be at least conditions.timeWindow when threshold is above 1',
    path: ['group', 'window'],
  });

export type Rule = z.infer<typeof ruleSchema>;

/** Takes every alert that no rule of the organisation matched: one incident per service. */
export const defaultRule: Rule = ruleSchema.parse({ id: 'default', name: 'Everything else' });
