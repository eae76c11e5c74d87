import type { AlertQueueMessage, SettleMessage, SignalsMessage } from '../../shared/alerts/index.ts';
import type { CountMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { sendTo } from '../aws/queue.ts';
import { readSettings } from '../aws/settings.ts';
import { batchWorker } from '../edge/queue.ts';
import { sendEscalation } from '../incidents/escalation.ts';
import { countAll } from './count.ts';
import { detect } from './detect.ts';
import type { Ports } from './ports.ts';
import { configuredRules } from './rules.ts';
import { settle } from './settle.ts';

type Message = AlertQueueMessage | CountMessage;

const settings = readSettings(['table', 'alertQueue', 'escalationQueue']);

const ports: Ports = {
  now: () => clock.now(),
  rules: configuredRules,
  sendAlertQueue: (messages) => sendTo(settings.alertQueue).send(messages),
  sendEscalation,
};

export const handler = batchWorker(parse, async (batch) => {
  const messages = batch.map(({ message }) => message);
  const signals = messages.filter((message): message is SignalsMessage => message.kind === 'signals');
  const settles = messages.filter((message): message is SettleMessage => message.kind === 'settle');
  const counts = messages.filter((message): message is CountMessage => message.kind === 'count');
  await Promise.all([detect(signals, ports), ...settles.map((message) => settle(message, ports))]);
  // Afterwards: nobody waits for them, and each may read a whole minute.
  await countAll(counts, ports);
});

const kinds: readonly unknown[] = ['signals', 'settle', 'count'] satisfies readonly Message['kind'][];

/** Only the receiving function, the sweep and detection itself write to this queue; anything else goes to the dead letters. */
function parse(body: unknown): Message {
  const kind = typeof body === 'object' && body !== null && 'kind' in body ? body.kind : undefined;
  if (!kinds.includes(kind))
    throw new Error(`Not a message of the alert queue: kind ${JSON.stringify(kind)}`);
  return body as Message;
}
