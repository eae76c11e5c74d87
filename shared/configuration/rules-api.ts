import * as z from 'zod';
import { severities, sourceNames } from '../alerts/index.ts';
import { actorView, pageOf, timeInput, timeText } from '../api/index.ts';
import { MOST_EXAMPLES, ruleSchema } from '../detection/index.ts';
import { configurationLists } from './configuration.ts';
import { givenConfiguration } from './given.ts';

/** A reason for a change, in one's own words. */
export const reasonText = z.string().trim().min(1).max(500);

/** Bodies that may be uploaded to try rules on. */
export const MOST_UPLOADED = 2_000;

const note = z.strictObject({
  version: z.int(),
  at: timeText.optional(),
  by: actorView
    .optional()
    .meta({ description: 'Absent of versions that an earlier version of the program stored.' }),
  reason: z.string().optional().meta({
    description: 'In the words of whoever made it, else what changed, marked as “no reason given”.',
  }),
  restores: z.int().optional().meta({ description: 'The version whose content this one has again.' }),
  touched: z
    .strictObject({
      lists: z.record(z.string(), z.array(z.string())),
      settings: z.array(z.string()),
      more: z.int().meta({ description: 'Ids beyond those that are named.' }),
    })
    .optional()
    .meta({ description: 'Ids that were added, changed or removed.' }),
});

/** What is told of a version of the configuration. */
export const versionNote = note.meta({ id: 'ConfigurationVersion' });

const count = z.int().min(0);
const brief = z
  .strictObject({
    title: z.string(),
    severity: z.enum(severities),
    service: z.string().optional(),
    rule: z.string(),
    key: z.string().meta({ description: 'The group of its rule.', example: 'service=checkout' }),
    policy: z.string().optional().meta({ description: 'Absent: the first policy.' }),
    escalateAfter: z
      .int()
      .optional()
      .meta({ description: 'Seconds between its steps, where its rule says so.' }),
    urgency: z.literal('low').optional(),
    runbook: z.string().optional(),
    openedAt: timeText,
    endedAt: timeText.optional(),
    alerts: count,
    pages: count,
    firstPageAt: timeText.optional().meta({ description: 'Absent where nobody is paged.' }),
  })
  .meta({ id: 'SimulatedIncident' });
const listed = <One extends z.ZodType>(one: One) =>
  z.strictObject({ total: count, examples: z.array(one).max(MOST_EXAMPLES) });
const regrouped = listed(z.strictObject({ one: brief, parts: listed(brief) }));
const stray = z.strictObject({
  title: z.string(),
  service: z.string().optional(),
  firedAt: timeText,
  why: z.string(),
});
const tally = z.strictObject({
  incidents: count,
  pages: count.meta({
    description: 'First pages: one for each time that an incident opened and needed somebody.',
  }),
  reopened: count,
  without: count.meta({ description: 'Alerts that fired and are in no incident.' }),
});

const difference = z.strictObject({
  words: z.array(z.string()).meta({ description: 'The difference in sentences, what matters most first.' }),
  covered: z.strictObject({
    from: timeText,
    until: timeText.meta({ description: 'Up to when signals were played, from `from` on.' }),
    signals: count,
    isComplete: z.boolean(),
    why: z.string().optional().meta({ description: 'Why not all that was asked for was played.' }),
    lost: count.optional().meta({
      description:
        'Signals that were left out since what they said is not kept any more; absent when there are none.',
    }),
  }),
  refused: z
    .strictObject({
      total: count,
      examples: z.array(z.strictObject({ place: count, errors: z.array(z.string()) })),
    })
    .optional()
    .meta({ description: 'Uploaded bodies that no alert came of.' }),
  ...{ signals: count, alerts: count, active: tally, draft: tally },
  ...{ onlyActive: listed(brief), onlyDraft: listed(brief), merged: regrouped, split: regrouped },
  severity: listed(z.strictObject({ active: brief, draft: brief })),
  otherwise: listed(z.strictObject({ active: brief, draft: brief, how: z.array(z.string()) })).meta({
    description:
      'Incidents that page or end at another time, or of which title, service, runbook, urgency, policy or escalation differ.',
  }),
  policies: z.array(
    z.strictObject({
      policy: z.string().optional(),
      wakes: z.array(z.string()).meta({ description: 'People and schedules of its first level.' }),
      active: count,
      draft: count,
    }),
  ),
  ...{ unpaged: listed(brief), newlyPaged: listed(brief), missed: listed(stray), caught: listed(stray) },
  ...{ unplaced: listed(stray), placed: listed(stray) },
});

/** What trying a rule set answers. */
export const simulationAnswer = difference.meta({ id: 'RuleDifference' });

const stretch = {
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(400)
    .optional()
    .meta({ description: 'The last so many days; 7 when nothing is said.' }),
  from: timeInput.optional(),
  to: timeInput.optional(),
};

/** What trying a rule set takes. */
export const simulationBody = z
  .strictObject({
    rules: configurationLists.rules
      .optional()
      .meta({ description: 'The draft; all else is as it is in force.' }),
    configuration: givenConfiguration.optional().meta({ description: 'Instead of `rules`: a whole draft.' }),
    ...stretch,
    upload: z
      .strictObject({
        source: z.enum(sourceNames).default('generic'),
        bodies: z
          .array(z.strictObject({ body: z.unknown(), receivedAt: timeInput.optional() }))
          .min(1)
          .max(MOST_UPLOADED),
      })
      .optional()
      .meta({ description: 'Instead of kept signals: bodies as their source sends them, in any order.' }),
  })
  .refine(({ rules, configuration }) => (rules === undefined) !== (configuration === undefined), {
    message: 'Send either `rules` or `configuration`',
    path: ['rules'],
  })
  .refine(
    ({ upload, days, from, to }) =>
      upload === undefined || [days, from, to].every((one) => one === undefined),
    {
      message: 'Send either `upload`, or `days`, or `from` and `to`',
      path: ['upload'],
    },
  );

/** What may be asked of shadow rules. */
export const shadowQuery = z.strictObject(stretch);

const ruleInForce = z.strictObject({ version: z.int(), place: count, rule: ruleSchema });

/** The rules in force, in their order. */
export const rulesAnswer = z.strictObject({ version: z.int(), items: z.array(ruleSchema) });

/** What is odd since a change of one entry. */
export const broughtText = z.array(z.string()).min(1).optional().meta({
  description:
    'What the change brings that is allowed but rarely meant, in words; absent when it brings nothing of that kind.',
});

/** One rule as it is in force now, and at which place; with what is odd since. */
export const ruleChanged = ruleInForce.extend({ warnings: broughtText });

/** What a change of one entry takes beside it. */
export const entryQuery = z.strictObject({
  reason: reasonText.optional().meta({
    description: 'Why, for those who read the versions; what changed, in words, when left out.',
  }),
});

/** One rule, and the versions that touched it, newest first. */
export const ruleAnswer = ruleInForce.extend({
  history: z.array(note),
  historyFrom: z.int().meta({ description: 'The oldest version that was looked at.' }),
});

/** Versions, newest first. */
export const versionsAnswer = pageOf(note);
