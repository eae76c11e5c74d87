import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sendTo } from '../../../functions/aws/queue.ts';
import { movingClock } from '../../../infra/local/clock.ts';
import { jsonClient } from '../../../infra/local/engines/json-client.ts';
import { startQueues } from '../../../infra/local/engines/queue-engine.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import type { EscalateMessage } from '../../../shared/wiring/index.ts';
import { shortLived } from '../memory.ts';
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import type { MessageQueues, OwnMessage } from './message-queues.ts';

/** The queue engine behind the proxy, for the adapter of this process. */
export interface FaultyQueues extends MessageQueues, Omit<FaultyProxy, 'address'> {}

const region = 'eu-central-1';
const names = ['alerts', 'escalation'] as const;

/** No message of the system waits longer in a queue. */
const LONGEST = 15 * MINUTE;

/** What a queue gives at once. */
const MOST = 10;

/**
 * Starts the engine and the proxy, and points the adapter at the proxy. The SDK tries each call once: so whoever sends meets every
 * fault, and nobody waits for its pauses.
 */
export async function startFaultyQueues(): Promise<FaultyQueues> {
  const folder = await mkdtemp(join(shortLived(), 'queues-'));
  const clock = movingClock();
  const engine = await startQueues(folder, region, clock);
  const creator = jsonClient(engine.endpoint, 'AmazonSQS', region);
  for (const QueueName of names) await creator.call('CreateQueue', { QueueName, Attributes: {} });
  creator.close();
  const proxy = await startFaultyProxy('sqs', engine.endpoint);
  Object.assign(process.env, { AWS_ENDPOINT_URL_SQS: proxy.address, AWS_MAX_ATTEMPTS: '1' });
  // The SDK speaks to whom the address of a queue names.
  const urlOf = (name: (typeof names)[number]) => `${proxy.address}/000000000000/${name}`;
  const emptied = async (name: (typeof names)[number]): Promise<readonly unknown[]> => {
    const bodies: unknown[] = [];
    for (;;) {
      const messages = await engine.receive(name, MOST, 0);
      if (messages.length === 0) return bodies;
      bodies.push(...messages.map(({ body }) => JSON.parse(body) as unknown));
      await engine.delete(
        name,
        messages.map(({ receiptHandle }) => receiptHandle),
      );
    }
  };
  return {
    sendAlertQueue: (messages) => sendTo(urlOf('alerts')).send(messages),
    sendEscalation: (messages) => sendTo(urlOf('escalation')).send(messages),
    async take() {
      clock.move(LONGEST);
      await engine.release();
      return {
        own: (await emptied('alerts')) as readonly OwnMessage[],
        escalations: (await emptied('escalation')) as readonly EscalateMessage[],
      };
    },
    disturb: proxy.disturb,
    async stop() {
      await proxy.stop();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
