import * as z from 'zod';
import { type CapabilityApi, lineText, timeText } from '../../api/index.ts';
import { MINUTE } from '../../kernel/index.ts';
import { severities } from '../severity.ts';
import { heartbeatLimits, heartbeatNames, heartbeatStates, USUAL_GRACE } from './heartbeat.ts';

const { name: longest, interval, grace, tags } = heartbeatLimits;

/** The name of a heartbeat. */
export const heartbeatName = z
  .string()
  .max(longest)
  .regex(heartbeatNames, 'Expected a letter or digit, then letters, digits, spaces and . _ : @ -');

const minutes = (least: number, most: number) => z.int().min(least).max(most);

const shown = {
  intervalMinutes: z.int().meta({ description: 'How long it may be silent before it is expected.' }),
  graceMinutes: z.int().meta({ description: 'How much longer is waited before somebody is told.' }),
  enabled: z.boolean(),
  severity: z.enum(severities),
  alertTitle: lineText(250)
    .optional()
    .meta({ description: 'What the alert says; else that the heartbeat is missing.' }),
  description: z.string().trim().min(1).max(1_000).optional(),
  service: lineText(100).optional(),
  ownerTeam: lineText(100).optional(),
  tags: z.array(lineText(50)).max(tags).optional(),
} as const;

/** What a person decides of a new heartbeat. */
export const heartbeatPlanInput = z.strictObject({
  ...shown,
  intervalMinutes: minutes(1, interval),
  graceMinutes: minutes(0, grace).default(USUAL_GRACE / MINUTE),
  enabled: z.boolean().default(true),
  severity: z.enum(severities).default('P3_MEDIUM'),
});

/** What is null is taken away. */
const change = z.strictObject({
  ...shown,
  intervalMinutes: minutes(1, interval),
  graceMinutes: minutes(0, grace),
  alertTitle: shown.alertTitle.nullable(),
  description: shown.description.nullable(),
  service: shown.service.nullable(),
  ownerTeam: shown.ownerTeam.nullable(),
});

/** A heartbeat as the API shows it. */
export const heartbeatView = z
  .strictObject({
    name: z.string(),
    state: z.enum(heartbeatStates).meta({
      description: '`waiting`: it never called, so it is not expected yet. `missed`: there is an alert.',
    }),
    ...shown,
    createdAt: timeText,
    lastPingAt: timeText.optional(),
    dueAt: timeText.optional().meta({ description: 'When it is missed unless it calls before.' }),
    missedAt: timeText.optional().meta({ description: 'Since when it is missed.' }),
  })
  .meta({ id: 'Heartbeat' });

const newHeartbeatView = z
  .strictObject({
    ...heartbeatView.shape,
    url: z.url().meta({ description: 'What is to be called; it holds the secret.' }),
  })
  .meta({ id: 'NewHeartbeat' });

const named = z.strictObject({ name: heartbeatName });

/** The schemas of the verbs of heartbeats. */
export const heartbeatsApi = {
  ping: {
    about: 'Says that whatever has this address is alive. Any body is taken and not looked at.',
    params: z.strictObject({ key: z.string().max(200) }),
    answer: z.strictObject({
      result: z.literal('PONG'),
      name: z.string(),
      dueAt: timeText.optional().meta({ description: 'Before which the next call must come.' }),
    }),
  },
  'list-heartbeats': {
    about: 'What must call every so often, by name.',
    answer: z.strictObject({ items: z.array(heartbeatView) }),
  },
  'get-heartbeat': { about: 'One heartbeat.', params: named, answer: heartbeatView },
  'create-heartbeat': {
    about:
      'Expects calls of something from its first call on. Its address is in this answer and never shown again.',
    body: z.strictObject({ name: heartbeatName, ...heartbeatPlanInput.shape }),
    answer: newHeartbeatView,
    status: 201,
    secret: true,
  },
  'change-heartbeat': {
    about:
      'Changes what is expected; the time runs from its last call. A heartbeat that is not enabled is not missed. A text that is null is taken away.',
    params: named,
    body: change.partial(),
    answer: heartbeatView,
  },
  'end-heartbeat': {
    about: 'Expects nothing of it any more, and ends its alert.',
    params: named,
    answer: z.undefined(),
  },
} as const satisfies CapabilityApi;
