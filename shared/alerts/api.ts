import * as z from 'zod';
import { type CapabilityApi, idText, lineText, pageOf, pageQuery, timeText } from '../api/index.ts';
import { sources } from './signal.ts';

/** An integration as it is listed: what may send alerts here. Its secret is shown once, when it is made. */
export const integrationView = z
  .strictObject({
    id: idText('integration'),
    name: z.string(),
    source: z.enum(sources),
    createdAt: timeText,
  })
  .meta({ id: 'Integration' });

/** A new integration with what its sender is set up with, shown this once. */
export const newIntegrationView = z
  .strictObject({
    ...integrationView.shape,
    url: z.url().meta({ description: 'Where the sender posts to; for webhooks it holds the secret.' }),
    routingKey: z
      .string()
      .optional()
      .meta({ description: 'For pagerduty-events: the `routing_key` of every event, 32 hex digits.' }),
  })
  .meta({ id: 'NewIntegration' });

const taken = z.union([
  z.strictObject({
    status: z.literal('accepted'),
    signals: z.int().min(0).meta({ description: 'How many alerts the body spoke of.' }),
    receipt: z.string().meta({ description: 'Names this POST in questions to us.' }),
  }),
  z.strictObject({ status: z.literal('success'), message: z.string(), dedup_key: z.string() }),
]);

/** The schemas of the verbs of alerts. */
export const alertsApi = {
  receive: {
    about:
      'Takes alerts in the form of their source; any JSON is taken, and what is not understood is kept and marked.',
    body: z.unknown().meta({ description: 'Alertmanager webhook v4, PagerDuty Events v2, or any JSON.' }),
    answer: taken,
    status: 202,
  },
  'list-integrations': {
    about: 'The integrations of the organisation, oldest first.',
    query: z.strictObject(pageQuery),
    answer: pageOf(integrationView),
  },
  'create-integration': {
    about:
      'Makes an address or routing key for a source. Its secret is in this answer and never shown again.',
    body: z.strictObject({ name: lineText(100), source: z.enum(sources) }),
    answer: newIntegrationView,
    status: 201,
    secret: true,
  },
  'delete-integration': {
    about: 'Ends an integration. What it still sends is refused after a minute at most; its incidents stay.',
    params: z.strictObject({ id: idText('integration') }),
    answer: z.undefined(),
  },
} as const satisfies CapabilityApi;
