import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import type { DeliverMessage } from '../../../shared/wiring/index.ts';
import { Violation } from '../violation.ts';
import type { Invariant, Observed } from './invariant.ts';

/** Nobody is told that something is done before it is. */
export const durable: Invariant = {
  name: 'I9',
  accepted(receipt, { books }) {
    if (!books.queued.has(receipt))
      throw new Violation('I9', `${receipt} was accepted and is stored nowhere`);
  },
  deleting(queue, message, seen) {
    if (queue === 'alerts' && (message as SignalsMessage).kind === 'signals')
      keptAll(message as SignalsMessage, seen);
    if (queue === 'delivery') delivered(message as DeliverMessage, seen);
  },
  failing(queue, message, { by, batch }, seen) {
    if (queue !== 'delivery' || seen.lost.has(by.began)) return;
    const page = message as DeliverMessage;
    // The second of two messages about one page finds the first at work.
    const isAlone = batch.filter((one) => isSame(one as DeliverMessage, page)).length === 1;
    const isOwn = seen.books.mails.some((mail) => mail.by === by.began && isSame(mail, page));
    if (isAlone && isOwn && stateOf(page, seen) === 'sent')
      throw new Violation('I9', 'a message came back although its worker sent its page', message);
  },
};

function keptAll({ org, receipt, signals }: SignalsMessage, { books }: Observed): void {
  for (const [place, { fingerprint }] of signals.entries()) {
    const isKept = books.kept.has(`${receipt} ${place}`) && books.heads.has(`O#${org}#A#${fingerprint}`);
    if (!isKept)
      throw new Violation('I9', 'a message was deleted before its signals were stored', { receipt, place });
  }
}

function delivered(message: DeliverMessage, seen: Observed): void {
  const state = stateOf(message, seen);
  // Whoever sent it and found it taken over has nothing left to do either.
  const isSent = state === 'sent' || seen.books.mails.some((mail) => isSame(mail, message));
  if (!isSent && state !== 'dropped')
    throw new Violation('I9', 'a message was deleted before its page was sent', { message, state });
}

const stateOf = (page: DeliverMessage, { books }: Observed) =>
  [...books.deliveries.values()].find((one) => isSame(one, page))?.state;

type Page = Pick<DeliverMessage, 'incident' | 'generation' | 'step' | 'person'>;

const isSame = (a: Page, b: Page): boolean =>
  a.incident === b.incident && a.generation === b.generation && a.step === b.step && a.person === b.person;
