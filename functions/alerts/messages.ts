import {
  type Accepted,
  type AcceptedMessage,
  products,
  type Signal,
  type SignalsMessage,
  type Translated,
} from '../../shared/alerts/index.ts';
import { digest } from '../../shared/kernel/index.ts';

/** The most bytes of one message, so that it fits into an item of the table (400 KB) when the queue does not take it. */
const MAX_BYTES = 350_000;

/** The most signals of one message, so that a batch of ten messages is decided and written well within the worker's 10 s. */
const MAX_SIGNALS = 200;

/**
 * What one POST said as queue messages, in order; few POSTs need a second one. Each message's receipt is its own, because a
 * signal is named by receipt and place for ever.
 */
export function messagesOf(
  head: Accepted,
  { signals, remarks = [], changes = [], delivery }: Translated,
): readonly AcceptedMessage[] {
  // A retry is cut into the same parts, so each has a name of its own that its retry has too.
  const named = (part: string) => (delivery === undefined ? {} : { delivery: digest(delivery, part) });
  const messages = runsOf(signals).map(
    (run, place): SignalsMessage => ({
      kind: 'signals',
      ...head,
      ...named(String(place)),
      receipt: place === 0 ? head.receipt : `${head.receipt}/${place}`,
      signals: run,
    }),
  );
  if (remarks.length + changes.length === 0) return messages;
  // A heartbeat says nothing beside its alert.
  const product = products[head.source];
  const aside = { ...head, ...named('aside'), receipt: `${head.receipt}/aside`, product, remarks, changes };
  return [...messages, { kind: 'aside', ...aside }];
}

function runsOf(signals: readonly Signal[]): readonly (readonly Signal[])[] {
  const runs: Signal[][] = [];
  let room = 0;
  for (const signal of signals) {
    const size = Buffer.byteLength(JSON.stringify(signal)) + 1;
    const run = runs.at(-1);
    if (run === undefined || run.length === MAX_SIGNALS || size > room) {
      runs.push([signal]);
      room = MAX_BYTES - size;
    } else {
      run.push(signal);
      room -= size;
    }
  }
  return runs;
}
