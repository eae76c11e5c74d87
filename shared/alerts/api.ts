import * as z from 'zod';
import {
  type CapabilityApi,
  idText,
  lineText,
  pageOf,
  pageQuery,
  timeInput,
  timeText,
} from '../api/index.ts';
import { singleAlertsApi } from './alerts-api.ts';
import { changeKinds } from './change.ts';
import { heartbeatsApi } from './heartbeats/heartbeat-api.ts';
import { opsgenieHeartbeatsApi } from './heartbeats/opsgenie-heartbeat-api.ts';
import { integrationApi } from './integration-api.ts';
import { quietApi } from './quiet/quiet-api.ts';

export { optionsInput } from './options.ts';

const said = {
  kind: z.enum(changeKinds).default('deployment'),
  title: lineText(250),
  version: lineText(100).optional(),
  by: lineText(100).optional().meta({ description: 'Who did it, in the words of whoever tells it.' }),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
} as const;

/** A change as the API shows it. */
export const changeView = z
  .strictObject({
    ...said,
    kind: z.enum(changeKinds),
    id: idText('change'),
    at: timeText,
    service: z.string().optional(),
    recordedAt: timeText,
  })
  .meta({ id: 'Change' });

const taken = z.union([
  z.strictObject({
    status: z.literal('accepted'),
    signals: z.int().min(0).meta({ description: 'How many alerts the body spoke of.' }),
    asides: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'How many changes it told, and remarks about alerts.' }),
    ignored: z.string().optional().meta({ description: 'Why nothing of the body is an alert.' }),
    receipt: z.string().meta({ description: 'Names this POST in questions to us.' }),
  }),
  z.strictObject({ status: z.literal('success'), message: z.string(), dedup_key: z.string() }),
]);

/** The schemas of the verbs of alerts. */
export const alertsApi = {
  ...heartbeatsApi,
  ...opsgenieHeartbeatsApi,
  receive: {
    about:
      'Takes alerts in the form of their source; any JSON is taken, and what is not understood is kept and marked.',
    body: z.unknown().meta({
      description: 'What the source sends: JSON under any content type, or a form; see docs/sources.',
    }),
    answer: taken,
    status: 202,
  },
  ...integrationApi,
  ...quietApi,
  ...singleAlertsApi,
  'record-change': {
    about:
      'Tells a change, such as a deployment, when it is done. It never pages: timelines show it, and a cause may be found in it.',
    body: z.strictObject({
      ...said,
      at: timeInput.optional().meta({ description: 'When it was done; now when left out.' }),
      service: lineText(100).optional(),
    }),
    answer: changeView,
    status: 201,
  },
  'list-changes': {
    about:
      'Changes that were told, newest first: of the last day unless a time is asked for, of at most 400 days.',
    query: z.strictObject({
      ...pageQuery,
      from: timeInput.optional().meta({ description: 'RFC 3339; that instant included.' }),
      to: timeInput.optional().meta({ description: 'RFC 3339; that instant included.' }),
      service: lineText(100).optional().meta({
        description:
          'Only those of this service; a page may then have fewer than `limit`, or none, and still a next one.',
      }),
    }),
    answer: pageOf(changeView),
  },
} as const satisfies CapabilityApi;
