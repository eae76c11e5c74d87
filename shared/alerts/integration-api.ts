import * as z from 'zod';
import { type CapabilityApi, idText, lineText, pageOf, pageQuery, timeText } from '../api/index.ts';
import { sourceNames } from './sources/index.ts';

const count = z.int().min(0);

/** What came from an integration lately. */
const activity = {
  lastSeenAt: timeText.optional().meta({
    description: 'When alerts or changes last came, exact to ten seconds; absent before the first.',
  }),
  alerts: z
    .strictObject({ hour: count, day: count })
    .meta({ description: 'Alerts of the last hour and day, as far as their minutes are over and counted.' }),
  refused: count.meta({ description: 'About how many of its POSTs were refused since it was made.' }),
  lastRefused: z
    .strictObject({ at: timeText, reason: z.string() })
    .optional()
    .meta({ description: 'The last refusal that was noted; one in ten seconds is.' }),
  overLimitAt: timeText
    .optional()
    .meta({ description: 'The last minute in which it sent more than the limit; nothing was refused.' }),
} as const;

/** An integration as it is shown: what may send alerts here. Its key and secret are each shown once, when they are made. */
export const integrationView = z
  .strictObject({
    id: idText('integration'),
    name: z.string(),
    source: z.enum(sourceNames),
    createdAt: timeText,
    options: z
      .looseObject({})
      .meta({ description: 'What its owner set; each source takes options of its own.' }),
    paused: z.boolean().meta({ description: 'Whether what it sends is refused with 403, by the owner.' }),
    signed: z.boolean().meta({ description: 'Whether its bodies must carry the signature of a secret.' }),
    secretBy: z
      .enum(['source', 'us'])
      .optional()
      .meta({ description: 'Who makes its signing secrets up; absent where the source cannot sign.' }),
    oldKeyUntil: timeText.optional().meta({ description: 'Until when the key of before is taken, too.' }),
    oldSecretUntil: timeText
      .optional()
      .meta({ description: 'Until when the secret of before is taken, too.' }),
    unsignedUntil: timeText.optional().meta({
      description:
        'Until when bodies without a signature are taken, since the first secret was set; a later rotation does not end it.',
    }),
    ...activity,
  })
  .meta({ id: 'Integration' });

const setUp = {
  url: z.url().meta({ description: 'Where the sender posts to; for webhooks it holds the key.' }),
  routingKey: z
    .string()
    .optional()
    .meta({ description: 'For pagerduty-events: the `routing_key` of every event, 32 hex digits.' }),
} as const;

/** A new integration with what its sender is set up with, shown this once. */
export const newIntegrationView = z
  .strictObject({ ...integrationView.shape, ...setUp })
  .meta({ id: 'NewIntegration' });

const options = z.record(z.string(), z.unknown()).optional().meta({
  description:
    'In place of all options: for `generic` a `mapping`, see docs/sources/generic.md; for `cloudwatch` `topics` and `insufficientData`, for `eventbridge` `insufficientData`; other sources take none.',
});

const params = z.strictObject({ id: idText('integration') });

/** A week; in hours. */
const LONGEST_OVERLAP = 168;

const rotation = z.strictObject({
  what: z.enum(['key', 'secret']),
  secret: z
    .string()
    .regex(/^[\x21-\x7e]{8,256}$/, 'Expected 8 to 256 visible ASCII characters without blanks')
    .optional()
    .meta({
      description: 'The secret that the source made up, where the source makes it up; else left out.',
    }),
  overlapHours: z
    .number()
    .min(0)
    .max(LONGEST_OVERLAP)
    .default(24)
    .meta({ description: 'How long the one of before is still taken. Rotating again meanwhile ends it.' }),
});

const rotated = z
  .strictObject({
    ...integrationView.shape,
    ...setUp,
    url: setUp.url.optional(),
    secret: z.string().optional().meta({ description: 'The new signing secret, where we made it up.' }),
  })
  .meta({ id: 'RotatedIntegration' });

/** A POST that was kept for looking at it. */
const deliveryView = z
  .strictObject({
    receivedAt: timeText,
    status: z.int().meta({ description: 'How it was answered.' }),
    reason: z.string().optional().meta({ description: 'Why it was refused.' }),
    body: z.string().meta({ description: 'What was sent, without what looks like a secret.' }),
    cut: z.boolean().meta({ description: 'Whether the body was longer than what is kept of it.' }),
  })
  .meta({ id: 'Delivery' });

/** The schemas of the verbs of integrations. */
export const integrationApi = {
  'list-integrations': {
    about: 'The integrations of the organisation, oldest first.',
    query: z.strictObject(pageQuery),
    answer: pageOf(integrationView),
  },
  'create-integration': {
    about: 'Makes an address or routing key for a source. Its key is in this answer and never shown again.',
    body: z.strictObject({ name: lineText(100), source: z.enum(sourceNames) }),
    answer: newIntegrationView,
    status: 201,
    secret: true,
  },
  'get-integration': { about: 'One integration.', params, answer: integrationView },
  'update-integration': {
    about: 'Renames an integration, pauses it or lets it go on. It is in force after a minute at most.',
    params,
    body: z
      .strictObject({ name: lineText(100).optional(), paused: z.boolean().optional(), options })
      .refine((body) => Object.values(body).some((value) => value !== undefined), 'Say what is to change'),
    answer: integrationView,
  },
  'rotate-integration': {
    about:
      'Makes a new key, or a new signing secret, which is in this answer and never shown again. The old one is taken until the overlap ends.',
    params,
    body: rotation,
    answer: rotated,
    secret: true,
  },
  'list-deliveries': {
    about:
      'The last POSTs of an integration that were kept for looking at them, newest first: up to five taken and five refused, of seven days.',
    params,
    answer: z.strictObject({ items: z.array(deliveryView) }),
  },
  'test-integration': {
    about:
      'Sends a test alert of severity P5, which wakes nobody and resolves after a minute. Once a minute for each integration.',
    params,
    answer: z.strictObject({ receipt: z.string(), fingerprint: z.string(), resolvesAt: timeText }),
    status: 202,
  },
  'delete-integration': {
    about: 'Ends an integration. What it still sends is refused after a minute at most; its incidents stay.',
    params,
    answer: z.undefined(),
  },
} as const satisfies CapabilityApi;
