import * as z from 'zod';
import { severities } from '../alerts/index.ts';
import {
  actorView,
  type CapabilityApi,
  idText,
  lineText,
  pageOf,
  pageQuery,
  timeInput,
  timeText,
} from '../api/index.ts';
import { alertsList, alertsSummary } from './alerts-api.ts';
import { aparts, incidentStates } from './incident.ts';
import { linkSchemas } from './link-api.ts';
import { serviceList } from './service-list-api.ts';

const severity = z.enum(severities);
const state = z.enum(incidentStates);
const title = lineText(250);
const version = z.int().min(1);

const nextStep = z.strictObject({ step: z.int(), dueAt: timeText });

const relatedView = z.strictObject({
  incident: idText('incident'),
  number: z.int().optional().meta({ description: 'Its number; absent where it was not noted.' }),
  why: z.string(),
  score: z
    .number()
    .optional()
    .meta({ description: 'How sure that is, from 0 to 1; absent when a person says so.' }),
  apart: z.enum(aparts).optional().meta({
    description:
      'Why the two stay two: `score` is below `joinAt`, only one waits for the end of `maintenance`, or a person `declared` one. Absent when a person says so.',
  }),
});

/** An incident as the API shows it: times are text, and what its state does not have is absent. */
export const incidentView = z
  .strictObject({
    id: idText('incident'),
    number: z.int(),
    name: z.string().meta({ example: 'INC-12' }),
    title: z.string(),
    description: z.string().optional().meta({
      description: 'What the alert or person that opened it said; at most 500 bytes, whole in the log.',
    }),
    state,
    severity,
    service: z.string().optional(),
    policy: z.string().optional(),
    runbook: z.string().optional(),
    urgency: z
      .literal('low')
      .optional()
      .meta({ description: 'By a rule: what would page in it is only recorded.' }),
    correlation: z
      .strictObject({
        rule: z.string(),
        name: z.string().optional().meta({ description: 'What people call the rule, as it was then.' }),
        key: z.string(),
      })
      .optional(),
    origin: z.string().optional().meta({
      description: 'The service that the trouble seems to come from, where alerts of several came together.',
    }),
    reached: z.array(z.string()).optional().meta({
      description: 'The other services whose alerts came into it because of what they need.',
    }),
    related: z
      .array(relatedView)
      .optional()
      .meta({ description: 'The latest incidents that may have to do with it.' }),
    version: version.meta({ description: 'Moves with every change; also the ETag.' }),
    generation: z.int().meta({ description: 'From 1; a reopening begins a new one.' }),
    openedAt: timeText,
    openedBy: actorView,
    updatedAt: timeText,
    step: z.int().optional().meta({ description: 'The last escalation step taken.' }),
    next: nextStep.optional().meta({ description: 'What happens by itself when nobody answers.' }),
    acknowledgedAt: timeText.optional(),
    acknowledgedBy: actorView.optional(),
    resolvedAt: timeText.optional(),
    resolvedBy: actorView.optional(),
    mergedInto: idText('incident').optional(),
    detectedAt: timeText.optional().meta({ description: 'When its log began.' }),
    mitigatedAt: timeText.optional().meta({
      description: 'When the harm ended, by a person or because all alerts had cleared.',
    }),
  })
  .meta({ id: 'Incident' });

/** A fact as the API shows it; times inside `data` are text too. */
export const factView = z
  .strictObject({
    seq: z.int().meta({ description: 'Its place in the log of the incident, from 1, without gaps.' }),
    id: z.string(),
    type: z.string().meta({ example: 'incident.acknowledged' }),
    occurredAt: timeText,
    recordedAt: timeText,
    actor: actorView,
    cause: z.string().optional().meta({
      description:
        'What it is because of: the receipt of accepted alerts, the id of a request, or the id of another fact (`fct_…`). Absent where that is not known.',
    }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Fact' });

const path = z.strictObject({ id: idText('incident') });

const update = z
  .strictObject({
    state: state.optional().meta({ description: '`triggered` reopens what is resolved.' }),
    severity: severity.optional(),
    title: title.optional(),
    mitigatedAt: z
      .union([z.literal('now'), timeInput])
      .optional()
      .meta({
        description:
          'When the harm to users ended: RFC 3339, or `now`. Not before it began, nor in the future.',
      }),
    note: z.string().trim().min(1).max(2_000).optional().meta({ description: 'Why it is resolved.' }),
    seen: z.int().min(1).optional().meta({
      description:
        'The number of the last fact that was read. An alert that the log tells of later opens again what is resolved.',
    }),
    version: version.optional().meta({ description: 'The version that was read; If-Match says the same.' }),
  })
  .refine(
    (body) => body.state ?? body.severity ?? body.title ?? body.mitigatedAt,
    'Say what to change: state, severity, title or mitigatedAt',
  )
  .refine((body) => body.note === undefined || body.state === 'resolved', {
    path: ['note'],
    message: 'A note goes with the state resolved',
  })
  .refine((body) => body.seen === undefined || body.state === 'resolved', {
    path: ['seen'],
    message: 'What was seen goes with the state resolved',
  });

/** The schemas of the REST verbs of incidents, by the name of the verb. */
export const incidentsApi = {
  list: {
    about:
      'Incidents, newest first unless another order is asked for. Without a state those of every state; without openedAfter those of the last 400 days.',
    query: z
      .strictObject({
        ...pageQuery,
        limit: z.coerce.number().int().min(1).max(200).default(50),
        order: z.enum(['newest', 'urgency']).default('newest').meta({
          description:
            '`urgency`: P1 to P3 that nobody answered, then those acknowledged, then P4 and P5; each by severity, then the newest; only with a state of what is open. A cursor is good for its own order.',
        }),
        state: z.enum([...incidentStates, 'open']).optional(),
        severity: severity.optional(),
        service: lineText(100).optional(),
        openedAfter: timeInput.optional().meta({ description: 'RFC 3339; that instant included.' }),
        openedBefore: timeInput.optional().meta({ description: 'RFC 3339; that instant excluded.' }),
      })
      .refine(({ order, state }) => order === 'newest' || (state !== undefined && state !== 'resolved'), {
        path: ['order'],
        message: 'The order of urgency is for the state open, triggered or acknowledged',
      }),
    answer: pageOf(incidentView).extend({
      total: z.int().optional().meta({
        description:
          'How many there are on all pages; known for the states open, triggered and acknowledged.',
      }),
      severities: z.record(severity, z.int()).optional().meta({
        description: 'How many there are of each severity, whichever is asked for; known where `total` is.',
      }),
    }),
  },
  create: {
    about: 'Declares an incident. With an Idempotency-Key a repetition gets the first answer.',
    body: z.strictObject({
      title,
      severity,
      service: lineText(100).optional(),
      description: z.string().trim().min(1).max(1_000).optional(),
      policy: z.string().min(1).max(64).optional(),
    }),
    answer: incidentView,
    status: 201,
  },
  'list-services': {
    about:
      'The services that incidents name: all that are open, and those of the last 30 days. The most urgent first.',
    answer: serviceList,
  },
  get: {
    about:
      'One incident with a summary of its alerts. The ETag is its version; it does not move with the summary.',
    params: path,
    answer: incidentView.extend({ alerts: alertsSummary }),
  },
  update: {
    about:
      'Acknowledges, resolves, reopens, renames or changes the severity. A version that is not the current one is refused with 412.',
    params: path,
    body: update,
    answer: incidentView,
  },
  delete: {
    about: 'Hides an incident and stops its escalation; its log is kept.',
    params: path,
    answer: z.undefined(),
  },
  'list-alerts': {
    about: 'The alerts of an incident in the order in which they joined, with how often each was received.',
    params: path,
    ...alertsList,
  },
  'list-facts': {
    about: 'The log of an incident after a number, in order.',
    params: path,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).max(999_999_999_998).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.strictObject({
      items: z.array(factView),
      last: z.int().meta({ description: 'The number to ask after next.' }),
    }),
  },
  merge: {
    about:
      'Merges open incidents into this one. Alerts that come for them come here from now on. What is resolved is refused with 409.',
    ...linkSchemas.merge,
    answer: incidentView,
  },
  split: {
    about:
      'Takes alerts out of this incident into a new one, which is the answer. Later firings of them come into that while it is open.',
    ...linkSchemas.split,
    answer: incidentView,
    status: 201,
  },
  relate: {
    about: 'Says in both logs that another incident has to do with this one; both stay as they are.',
    ...linkSchemas.relate,
    answer: incidentView,
  },
  unrelate: {
    about: 'Says in both logs that another incident has nothing to do with this one.',
    ...linkSchemas.unrelate,
    answer: incidentView,
  },
  'add-note': {
    about: 'Adds a note to the log. The same clientMessageId is recorded once, also when it is sent again.',
    params: path,
    body: z.strictObject({
      text: z.string().trim().min(1).max(1_500),
      clientMessageId: z
        .string()
        .regex(/^[A-Za-z0-9_-]{8,64}$/)
        .optional(),
    }),
    answer: factView,
    status: 201,
  },
} as const satisfies CapabilityApi;
