import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import type { DeliverMessage } from '../../../shared/wiring/index.ts';
import { Violation } from '../violation.ts';
import type { Invariant, Observed } from './invariant.ts';

/** Nobody is told that something is done before it is. */
export const durable: Invariant = {
  name: 'I9',
  says: 'nothing is answered 2xx and no message is deleted before it is durable',
  accepted(receipt, { books }) {
    if (!books.queued.has(receipt))
      throw new Violation('I9', `${receipt} was accepted and is stored nowhere`);
  },
  deleting(queue, message, seen) {
    if (queue === 'alerts' && (message as SignalsMessage).kind === 'signals')
      keptAll(message as SignalsMessage, seen);
    if (queue === 'delivery') delivered(message as DeliverMessage, seen);
  },
};

function keptAll({ org, receipt, signals }: SignalsMessage, { books }: Observed): void {
  for (const [place, { fingerprint }] of signals.entries()) {
    const isKept = books.kept.has(`${receipt} ${place}`) && books.heads.has(`O#${org}#A#${fingerprint}`);
    if (!isKept)
      throw new Violation('I9', 'a message was deleted before its signals were stored', { receipt, place });
  }
}

function delivered(message: DeliverMessage, { books }: Observed): void {
  const found = [...books.deliveries.values()].find(
    ({ incident, generation, step, person }) =>
      incident === message.incident &&
      generation === message.generation &&
      step === message.step &&
      person === message.person,
  );
  if (found?.state !== 'sent' && found?.state !== 'dropped')
    throw new Violation('I9', 'a message was deleted before its page was sent', { message, found });
}
