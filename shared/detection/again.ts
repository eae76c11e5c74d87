import { type Duration, type Instant, MINUTE } from '../kernel/index.ts';
import { type AlertHead, type Over, withSignal } from './alert-head.ts';
import type { AlertInBatch } from './batch.ts';
import type { Received } from './match.ts';
import { occurrencesOf } from './occurrence.ts';

/**
 * How long after a resolve was heard a word that the alert fires may still be one from before, where one word follows the other: two that
 * send the same do not know of each other at once.
 */
const BESIDE: Duration = MINUTE;

/** Whether a firing that says that it was before the newest resolve is none of those which that ended. */
function isAgain(over: Over, { signal, from }: Received): boolean {
  if (signal.at > over.at || from.receivedAt <= over.heardAt) return false;
  if (from.tellsState) return from.receivedAt - over.heardAt > BESIDE;
  // A resolve without a time of its own has ours, and a firing its sender's, whose clock may be behind.
  return over.heardAt === over.at && signal.at + over.lag > over.heardAt;
}

/**
 * All that a batch says of an alert in the order in which it was received: what was known when a resolve was heard is what came before
 * it, and a resolve that was heard after a firing says nothing of it.
 */
export const asReceived = ({ firings, others }: AlertInBatch): readonly Received[] =>
  [...firings, ...others].toSorted((a, b) => a.from.receivedAt - b.from.receivedAt);

/**
 * A firing at the time at which it counts. Who tells how an alert stands says when it began, each time: after a resolve that would look
 * like an old firing that comes late, and the alert would stay over. It begins anew when that was received; so does what only seems to
 * be older because its sender's clock is behind ours. What that began, later ones carry on.
 */
export function asItCounts(head: AlertHead, received: Received): Received {
  const { signal, from } = received;
  const { over } = head;
  if (signal.state !== 'firing' || over === undefined || !isAgain(over, received)) return received;
  return { signal: { ...signal, at: beginning(head, over, from.receivedAt) }, from, isMoved: true };
}

/** The head after one more signal, when it was heard that the alert is over, and how far its sender's clock may be behind. */
export function withReceived(before: AlertHead, { signal, from, isMoved }: Received): AlertHead {
  const head = withSignal(before, signal);
  if (signal.state === 'firing') {
    const lag = from.receivedAt - signal.at;
    // Without a time of its own it has that of its receipt, which says nothing of the sender's clock.
    return !isMoved && lag > 0 && lag < (head.lag ?? Number.POSITIVE_INFINITY) ? { ...head, lag } : head;
  }
  if (signal.state !== 'resolved') return head;
  const { over } = head;
  const said = { at: signal.at, heardAt: from.receivedAt, lag: before.lag ?? 0 };
  const isNews = !over || said.at > over.at || (said.at === over.at && said.heardAt < over.heardAt);
  return isNews ? { ...head, over: said } : head;
}

function beginning(head: AlertHead, over: Over, receivedAt: Instant): Instant {
  const last = occurrencesOf(head).at(-1);
  return last !== undefined && last.to === undefined && last.last > over.at
    ? last.last
    : Math.max(receivedAt, over.at + 1);
}
