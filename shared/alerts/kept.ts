import { digest, minuteOf } from '../kernel/index.ts';
import type { SignalLine } from './counting.ts';
import type { Accepted, Signal, SignalsMessage } from './signal.ts';

/** One signal as it was accepted, with all that a rule could see of it: its links are not kept. */
export interface KeptSignal {
  readonly from: KeptFrom;
  /** Its place in what was accepted together; with the receipt it names the signal for ever. */
  readonly place: number;
  readonly signal: Signal;
}

/** What was accepted together, without what only its way through the queue needed. */
export type KeptFrom = Pick<
  Accepted,
  'receipt' | 'receivedAt' | 'integration' | 'source' | 'own' | 'tellsState'
>;

/** What a signal says beside its state and times: the same for most repetitions of an alert. */
export type KeptContent = Pick<Signal, 'title' | 'description' | 'severity' | 'service' | 'labels' | 'flags'>;

/** The signals of these messages by the minute in which they were received. */
export function keptByMinute(messages: readonly SignalsMessage[]): ReadonlyMap<number, KeptSignal[]> {
  const kept = messages.flatMap((message) => {
    const from = fromOf(message);
    return message.signals.map((signal, place): KeptSignal => ({ from, place, signal }));
  });
  return Map.groupBy(kept, ({ from }) => minuteOf(from.receivedAt));
}

function fromOf({ receipt, receivedAt, integration, source, own, tellsState }: SignalsMessage): KeptFrom {
  return { receipt, receivedAt, integration, source, ...(own && { own }), ...(tellsState && { tellsState }) };
}

/** What of a signal is counted. */
export function lineOf({ from, place, signal }: KeptSignal): SignalLine {
  const { receipt, receivedAt, integration, source, own } = from;
  return {
    ...{ receipt, place, fingerprint: signal.fingerprint, state: signal.state, at: signal.at, receivedAt },
    // What the system says itself is of no integration that sends.
    ...(own || source === 'heartbeat' ? {} : { integration }),
  };
}

/** What of a signal may be the same in thousands of others. */
export function contentOf(signal: Signal): KeptContent {
  const { title, description, severity, service, labels, flags } = signal;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(severity !== undefined && { severity }),
    ...(service !== undefined && { service }),
    ...{ labels, flags },
  };
}

/** The name of a content: 80 bits of its digest in hex. Equal for what was said in the same order of fields. */
export const contentName = (content: KeptContent): string => digest(JSON.stringify(content)).slice(0, 20);

/** By receipt and place, the order in which they are replayed. */
export function inOrderOfReceipt(a: KeptSignal, b: KeptSignal): number {
  const time = a.from.receivedAt - b.from.receivedAt;
  if (time !== 0) return time;
  if (a.from.receipt !== b.from.receipt) return a.from.receipt < b.from.receipt ? -1 : 1;
  return a.place - b.place;
}
