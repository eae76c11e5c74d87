import type { AlertQueueMessage, Origin } from '../../shared/alerts/index.ts';
import type { CountMessage, LimitMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { sendTo } from '../aws/queue.ts';
import { knownQuiets, loadQuiets } from '../aws/quiets.ts';
import { readSettings } from '../aws/settings.ts';
import { apart, batchWorker, inTurn, type Received, together } from '../edge/queue.ts';
import { sendEscalation } from '../incidents/escalation.ts';
import { keepAsides } from './asides.ts';
import { count } from './count.ts';
import { detect, lapse } from './detect.ts';
import { noteHeard } from './heard.ts';
import { calm } from './limit.ts';
import type { Ports } from './ports.ts';
import { counted, queued } from './received.ts';
import { relate } from './relate.ts';
import { release } from './release.ts';
import { configuredRules } from './rules.ts';
import { settleOnce } from './settle-once.ts';

type Message = AlertQueueMessage | CountMessage | LimitMessage<Origin>;

const settings = readSettings(['table', 'alertQueue', 'escalationQueue']);

const ports: Ports = {
  now: () => clock.now(),
  rules: configuredRules,
  quiets: { known: knownQuiets, read: loadQuiets },
  sendAlertQueue: (messages) => sendTo(settings.alertQueue).send(messages),
  sendEscalation,
};

export const handler = batchWorker(parse, async (batch, invocation) => {
  const failed = await allDone([
    together(ofKind(batch, 'signals').map(queued), (messages) => detect(messages, ports)),
    settleOnce(ofKind(batch, 'settle'), ports),
    apart(ofKind(batch, 'lapse'), (message) => lapse(message, ports)),
    apart(ofKind(batch, 'relate'), (message) => relate(message, ports)),
    apart(ofKind(batch, 'release'), (message) => release(message, ports)),
    apart(ofKind(batch, 'limit'), (message) => calm(message, ports)),
    noteHeard([...ofKind(batch, 'signals'), ...ofKind(batch, 'aside')], ports.now()),
  ]);
  // Afterwards, since they are about alerts, which may be of this batch.
  const asides = ofKind(batch, 'aside').map(counted);
  const untold = await apart(asides, (message) => keepAsides(message, ports.now()));
  // Afterwards and one by one: nobody waits for them, and each may read a whole minute.
  const left = () => invocation.getRemainingTimeInMillis();
  const uncounted = await inTurn(ofKind(batch, 'count'), (message) => count(message, ports, left));
  return [...failed.flat(), ...untold, ...uncounted];
});

const ofKind = <Kind extends Message['kind']>(batch: readonly Received<Message>[], kind: Kind) =>
  batch.filter(
    (one): one is Received<Extract<Message, { readonly kind: Kind }>> => one.message.kind === kind,
  );

type Kinds = readonly Message['kind'][];
const kinds = ['signals', 'aside', 'settle', 'lapse', 'relate', 'release', 'count', 'limit'] satisfies Kinds;

/** Only the receiving function, the sweep and detection itself write to this queue; anything else goes to the dead letters. */
function parse(body: unknown): Message {
  const kind = typeof body === 'object' && body !== null && 'kind' in body ? body.kind : undefined;
  if (!kinds.some((one) => one === kind))
    throw new Error(`Not a message of the alert queue: kind ${JSON.stringify(kind)}`);
  return body as Message;
}
