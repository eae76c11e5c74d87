import * as z from 'zod';
import {
  actorView,
  type CapabilityApi,
  idText,
  lineText,
  pageOf,
  pageQuery,
  timeInput,
  timeText,
} from '../../api/index.ts';
import { limits } from '../limits.ts';
import { severities } from '../severity.ts';
import { matcherInput, matcherOps } from './matcher.ts';
import { quietLimits, quietStates } from './quiet.ts';

const comment = lineText(500).meta({ description: 'Why, for whoever finds the quiet.' });
const matchers = z.array(matcherInput).max(quietLimits.matchers).meta({
  description: 'All must fit. Patterns run in linear time, must fit the whole value and ignore case.',
});
const services = z.array(lineText(limits.service)).min(1).max(quietLimits.services);
const from = timeInput.meta({ description: 'From when on; now when left out or past.' });
const to = timeInput.meta({ description: 'Until when; at most a year later.' });
const everything = z.boolean().meta({ description: 'That it is meant to leave out no alert.' });

const shownTimes = {
  state: z.enum(quietStates),
  from: timeText,
  to: timeText,
  comment: z.string(),
  createdBy: actorView,
  createdAt: timeText,
  changedBy: actorView.optional().meta({ description: 'Who changed it last.' }),
  changedAt: timeText.optional(),
  endedBy: actorView.optional().meta({ description: 'Who ended it before its time.' }),
} as const;

/** A silence as the API shows it. */
export const silenceView = z
  .strictObject({
    id: idText('silence'),
    matchers: z.array(z.strictObject({ name: z.string(), op: z.enum(matcherOps), value: z.string() })),
    untilResolved: z.literal(true).optional(),
    ...shownTimes,
  })
  .meta({ id: 'Silence' });

const touches = z
  .strictObject({
    alerts: z.int(),
    incidents: z.int(),
    isWhole: z.boolean(),
    lookedAt: z.strictObject({ alerts: z.int(), incidents: z.int(), ofIncidents: z.int() }).optional().meta({
      description:
        'Only when not whole: how many alerts, in how many of how many open incidents, were looked at. Incidents of a service that is named come first, then the newest.',
    }),
  })
  .meta({
    description:
      'How many alerts in open incidents fire now and fit, as the rules in force leave them, and in how many incidents: they stay there. Not whole: these are at least so many, as not all were looked at; 0 says nothing then.',
  });

/** A silence that was made or changed just now, with what fits it already. */
export const saidSilenceView = silenceView.extend({ touches }).meta({ id: 'SaidSilence' });

/** A maintenance window as the API shows it. */
export const maintenanceWindowView = z
  .strictObject({ id: idText('maintenanceWindow'), services: z.array(z.string()), ...shownTimes })
  .meta({ id: 'MaintenanceWindow' });

/** A maintenance window that was made or changed just now, with what fits it already and what is odd about it. */
export const saidMaintenanceView = maintenanceWindowView
  .extend({
    touches,
    warnings: z.array(z.string()).min(1).optional().meta({
      description:
        'Services that are not in the catalogue or, where there is none, that nothing open is of, each with the nearest names.',
    }),
  })
  .meta({ id: 'SaidMaintenanceWindow' });

/** An alert that was held back, as the API shows it. */
export const heldAlertView = z
  .strictObject({
    fingerprint: z.string(),
    title: z.string().optional(),
    service: z.string().optional(),
    severity: z.enum(severities).optional(),
    labels: z.record(z.string(), z.string()),
    firedAt: timeText.meta({ description: 'Its newest firing that was held back, as far as it says more.' }),
    why: z.string(),
    isHeld: z.boolean().meta({
      description:
        'Whether it is held back by now: false when it fires no more, or counts for incidents. Of an alert that came into an incident before, what it said since may be held back, such as that it is more severe.',
    }),
  })
  .meta({ id: 'HeldAlert' });

const listed = z.strictObject({
  ...pageQuery,
  state: z.enum(quietStates).optional().meta({
    description: 'Without it those that are active or pending, by their end. Expired: newest first.',
  }),
});

const silence = z.strictObject({ id: idText('silence') });
const window = z.strictObject({ id: idText('maintenanceWindow') });

/** The schemas of the verbs of silences and maintenance windows. */
export const quietApi = {
  'list-silences': { about: 'Silences by state.', query: listed, answer: pageOf(silenceView) },
  'create-silence': {
    about:
      'Keeps alerts that fit all matchers out of incidents for a time. They are recorded, resolves pass, and what still fires at the end is placed then.',
    body: z.strictObject({
      matchers,
      from: from.optional(),
      to: to
        .optional()
        .meta({ description: 'Until when; may be left out with `untilResolved`, then 7 days.' }),
      untilResolved: z
        .boolean()
        .optional()
        .meta({ description: 'For each alert it ends with the first resolve after its beginning.' }),
      everything: everything.optional(),
      comment,
    }),
    answer: saidSilenceView,
    status: 201,
  },
  'get-silence': { about: 'One silence.', params: silence, answer: silenceView },
  'change-silence': {
    about: 'Changes a silence that is not over. What goes free by that is placed within a minute.',
    params: silence,
    body: z.strictObject({ matchers, from, to, everything, comment }).partial(),
    answer: saidSilenceView,
  },
  'end-silence': {
    about: 'Ends a silence now; it stays in the list of those that are over, with who ended it.',
    params: silence,
    answer: z.undefined(),
  },
  'list-silenced-alerts': {
    about: 'The alerts that a silence held back, for 90 days after its end.',
    params: silence,
    query: z.strictObject(pageQuery),
    answer: pageOf(heldAlertView),
  },
  'list-maintenance': {
    about: 'Maintenance windows by state.',
    query: listed,
    answer: pageOf(maintenanceWindowView),
  },
  'create-maintenance': {
    about:
      'Keeps the alerts of services out of incidents, and the escalations of their open incidents still, for a time. Resolves pass.',
    body: z.strictObject({ services, from: from.optional(), to, comment }),
    answer: saidMaintenanceView,
    status: 201,
  },
  'change-maintenance': {
    about: 'Changes a maintenance window that is not over.',
    params: window,
    body: z.strictObject({ services, from, to, comment }).partial(),
    answer: saidMaintenanceView,
  },
  'end-maintenance': {
    about: 'Ends a maintenance window now; it stays in the list of those that are over.',
    params: window,
    answer: z.undefined(),
  },
  'list-maintained-alerts': {
    about: 'The alerts that a maintenance window held back, for 90 days after its end.',
    params: window,
    query: z.strictObject(pageQuery),
    answer: pageOf(heldAlertView),
  },
} as const satisfies CapabilityApi;
