import { Agent, request } from 'node:http';
import { now } from './clock.ts';
import type { Webhook } from './webhook.ts';

/** A webhook that was sent; `at` is when, `answeredAt` when its answer was there. */
export interface Sent {
  readonly token: string;
  readonly at: number;
  readonly answeredAt: number;
}

/** Sends so many a second, whether or not answers come, and waits for all answers. */
export async function sendAtRate(
  url: string,
  webhooks: readonly Webhook[],
  perSecond: number,
): Promise<readonly Sent[]> {
  const agent = new Agent({ keepAlive: true });
  const begun = now();
  const sent: Promise<Sent>[] = [];
  for (const [i, one] of webhooks.entries()) {
    const early = begun + (i * 1_000) / perSecond - now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    sent.push(send(url, agent, one));
  }
  const all = await Promise.all(sent);
  agent.destroy();
  return all;
}

/** Sends them as fast as they are taken, so many at once. */
export async function sendAtOnce(
  url: string,
  webhooks: readonly Webhook[],
  inFlight: number,
): Promise<readonly Sent[]> {
  const agent = new Agent({ keepAlive: true });
  const rest = webhooks.values();
  const sent: Sent[] = [];
  // All senders take from the one iterator.
  const sender = async () => {
    for (const one of rest) sent.push(await send(url, agent, one));
  };
  await Promise.all(Array.from({ length: inFlight }, sender));
  agent.destroy();
  return sent;
}

function send(url: string, agent: Agent, { token, body }: Webhook): Promise<Sent> {
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const at = now();
    const call = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 202) resolve({ token, at, answeredAt: now() });
        else reject(new Error(`A webhook was answered with ${answer.statusCode}`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}
