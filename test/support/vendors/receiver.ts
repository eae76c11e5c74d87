import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { type Asked, jsonOf, startVendor, type Told } from './vendor-server.ts';

const Event = z.looseObject({
  id: z.string(),
  type: z.enum(['page', 'test']),
  step: z.int(),
  person: z.strictObject({ id: z.string(), name: z.string() }),
  incident: z.looseObject({ id: z.string(), title: z.string() }),
  acknowledgeUrl: z.url(),
  possiblyAgain: z.boolean(),
});

/** An event that a receiver of webhooks took. */
export type WebhookEvent = z.infer<typeof Event>;

/** Starts a receiver that takes what is signed under its secret, and each event once. */
export async function startReceiver() {
  const events = new Map<string, WebhookEvent>();
  const kept = { secret: '' };
  const server = await startVendor((asked) => take(asked, kept.secret, events));
  return {
    ...server,
    address: `${server.origin}/pages`,
    events: () => [...events.values()],
    trust(secret: string) {
      kept.secret = secret;
    },
  };
}

function take(asked: Asked, secret: string, events: Map<string, WebhookEvent>): Told {
  const { 'webhook-timestamp': timestamp, 'webhook-signature': signature, 'webhook-id': id } = asked.headers;
  const signed = createHmac('sha256', secret).update(`${timestamp}.${asked.body}`).digest('hex');
  if (secret === '' || signature !== `sha256=${signed}`) return { status: 401, body: {} };
  const { success, data } = Event.safeParse(jsonOf(asked));
  if (asked.method !== 'POST' || asked.path !== '/pages' || !success || data.id !== id)
    return { status: 400, body: {} };
  if (!events.has(data.id)) events.set(data.id, data);
  return { status: 200, body: {} };
}
