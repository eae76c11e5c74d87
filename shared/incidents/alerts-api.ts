import * as z from 'zod';
import { severities, signalStates } from '../alerts/index.ts';
import { pageOf, pageQuery, timeText } from '../api/index.ts';

const received = z.int().meta({
  description:
    'Signals received since the incident opened, and up to 15 minutes after it was resolved; each accepted POST counts, repeats too.',
});

const countedUntil = timeText.meta({
  description: 'All that was received before this is counted in `received`; what came later may be.',
});

/** How many distinct alerts are in which state, by what the log says of them, and how often they were received. */
export const alertsSummary = z.strictObject({
  total: z.int(),
  firing: z.int(),
  acknowledged: z.int(),
  resolved: z.int(),
  flapping: z
    .int()
    .optional()
    .meta({ description: 'How many begin and end so often that the incident waits.' }),
  received: received.optional().meta({
    description:
      'Absent when there are more than 500 hours of alerts to add up (20 alerts for a day), or it is too long ago; the list of alerts says it for each.',
  }),
  countedUntil,
});

/** One alert of an incident, by the last word on it in the log. */
export const alertView = z
  .strictObject({
    fingerprint: z.string().meta({ description: 'Names the alert across its whole life.' }),
    title: z.string(),
    state: z.enum(signalStates),
    severity: z.enum(severities),
    labels: z
      .record(z.string(), z.string())
      .meta({ description: 'As its source last described it, as much as is kept (about 900 bytes).' }),
    links: z.array(z.strictObject({ href: z.string(), text: z.string() })),
    flapping: z
      .literal(true)
      .optional()
      .meta({ description: 'It begins and ends so often that its incident waits until it is quiet.' }),
    at: timeText.meta({ description: 'When it came into this state, by its source.' }),
    received: received.optional().meta({
      description:
        'As in the incident. Absent when the page has more than 2,500 hours of alerts (20 alerts for five days): ask for fewer at a time.',
    }),
    lastReceivedAt: timeText.optional(),
  })
  .meta({ id: 'Alert' });

/** What the list of an incident's alerts takes and answers. */
export const alertsList = {
  query: z.strictObject({ ...pageQuery, state: z.enum(signalStates).optional() }),
  answer: pageOf(alertView).extend({ countedUntil }),
} as const;
