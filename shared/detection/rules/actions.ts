import * as z from 'zod';
import { severities } from '../../alerts/index.ts';
import { DAY, SECOND } from '../../kernel/index.ts';
import { seconds, template } from './fields.ts';

/** What a rule says of an alert that its source did not. Texts are filled from it: `{@title}` a field, `{region}` a label. */
const set = z.strictObject({
  severity: z.enum(severities).optional(),
  service: template(100).optional(),
  title: template(250).optional(),
  /** Alerts with the same key are one group of the rule, whatever `group.by` says. */
  groupingKey: template(500).optional(),
  runbook: template(500).optional(),
  /** The id of an escalation policy. */
  team: z.string().min(1).max(100).optional(),
});

/** What becomes of an alert that a rule matches. */
export const actions = z.strictObject({
  /** `false` records matching alerts without an incident, as `suppress` does. */
  createIncident: z.boolean().default(true),
  /** Records the alert with the reason, without an incident. */
  suppress: z.boolean().optional(),
  /** Counts the alert and keeps nothing else of it. */
  drop: z.boolean().optional(),
  /** The id of an escalation policy. */
  assignToTeam: z.string().min(1).max(100).optional(),
  /** Seconds between the levels of that policy. */
  escalateAfter: seconds(60, DAY / SECOND).optional(),
  runbook: z.string().min(1).max(500).optional(),
  /** Seconds after which an alert ends by itself when it is not told again, and its source names no end. */
  autoResolve: seconds(300, (30 * DAY) / SECOND).optional(),
  set: set.optional(),
  /** `low` records the incident and pages nobody. */
  urgency: z.enum(['low', 'normal']).optional(),
  /** Seconds after a page of the same group in which the next opening does not page; it does then, if it still goes on. */
  cooldown: seconds(1, DAY / SECOND).optional(),
});
