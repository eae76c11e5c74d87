import * as z from 'zod';
import { severities } from '../../alerts/index.ts';
import { DAY, SECOND } from '../../kernel/index.ts';
import { pattern, seconds, whole } from './fields.ts';
import { whenSchema } from './when.ts';

/** The most distinct alerts, or members, that a rule waits for. */
export const MOST_COUNTED = 100;

const names = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,40}$/, 'letters, digits, dot, dash and underscore, 40 at most'),
  when: whenSchema,
});

/** Of what several must fire: named members, or the values of one label. */
const members = z
  .strictObject({
    /** An alert counts for the first whose condition holds; one that is of none does not match. */
    of: z.array(names).min(2).max(50).optional(),
    /** Each value of this label is a member; an alert without it does not match. */
    label: z.string().min(1).max(100).optional(),
    /** So many of them must fire inside one time window. */
    atLeast: whole(2, MOST_COUNTED),
  })
  .superRefine(({ of, label, atLeast }, context) => {
    const fault = (message: string, path: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if ((of === undefined) === (label === undefined))
      fault('Give either `of`, the members by name, or `label`, whose values are the members', 'of');
    if (of && atLeast > of.length) fault(`${atLeast} of ${of.length} members can never fire`, 'atLeast');
    if (of && new Set(of.map(({ name }) => name)).size < of.length) fault('Two members have one name', 'of');
  });

/** When a rule matches an alert, and when its incident opens and pages. */
export const conditions = z.strictObject({
  /** Searched in title and description, ignoring case, on a linear-time engine. Absent matches every alert. */
  alertPattern: pattern.optional(),
  /** What labels and fields must say. With a pattern, both must hold. */
  when: whenSchema.optional(),
  /** How many distinct alerts must fire inside one time window before an incident opens. */
  threshold: whole(1, MOST_COUNTED).default(1),
  /** Instead of a threshold: so many of these members must fire inside one time window. */
  members: members.optional(),
  /** Seconds; slides over event time. */
  timeWindow: seconds(1, DAY / SECOND).default(300),
  /** The incident's severity; absent takes the alert's own. */
  severity: z.enum(severities).optional(),
  /** Seconds that an alert must go on before its incident pages; the incident opens at once. */
  minDuration: seconds(1, DAY / SECOND).optional(),
});
