import type { Signal, SignalsMessage } from '../../shared/alerts/index.ts';

/** The most bytes of one message, so that it fits into an item of the table (400 KB) when the queue does not take it. */
const MAX_BYTES = 350_000;

/** The most signals of one message, so that a batch of ten messages is decided and written well within the worker's 10 s. */
const MAX_SIGNALS = 200;

/**
 * The signals of one POST as queue messages, in order; few POSTs need a second one. Each message's receipt is its own, because a
 * signal is named by receipt and place for ever.
 */
export function messagesOf(
  head: Omit<SignalsMessage, 'kind' | 'signals'>,
  signals: readonly Signal[],
): readonly SignalsMessage[] {
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
  return runs.map((run, place) => ({
    kind: 'signals',
    ...head,
    receipt: place === 0 ? head.receipt : `${head.receipt}/${place}`,
    signals: run,
  }));
}
