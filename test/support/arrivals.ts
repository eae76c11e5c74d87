import fc from 'fast-check';
import { type Severity, type Signal, type SignalsMessage, severities } from '../../shared/alerts/index.ts';
import { epoch, post, signal } from './signals.ts';

/** A delivery and when the queue brings it. */
export interface Arrival {
  readonly message: SignalsMessage;
  readonly at: number;
}

/** The same deliveries twice: as they happened, and as a queue may bring them. */
export interface TwoOrders {
  readonly inTime: readonly Arrival[];
  readonly late: readonly Arrival[];
  /** Sizes of the batches in which the late ones come. */
  readonly cuts: readonly number[];
}

/** One event of one of four alerts, within 40 minutes; one of them changes so often that its past is put right, too. */
const event = fc.record({
  name: fc.constantFrom('a', 'a', 'a', 'b', 'c', 'd'),
  state: fc.constantFrom<Signal['state'] | 'given back'>(
    ...(['firing', 'firing', 'firing', 'resolved', 'resolved', 'acknowledged', 'given back'] as const),
  ),
  at: fc.integer({ min: 0, max: 2_400 }),
  severity: fc.constantFrom(...severities),
});

/**
 * An alert as Prometheus tells it: each minute anew with an end four minutes ahead, until it is resolved, or until nothing more
 * comes and it ends by itself.
 */
const told = fc.record({
  name: fc.constantFrom('p', 'q'),
  from: fc.integer({ min: 0, max: 2_000 }),
  times: fc.integer({ min: 1, max: 5 }),
  isResolved: fc.boolean(),
});

/** What is sent of such an alert, and when. */
function tellings({ name, from, times, isResolved }: Told) {
  const firings = Array.from({ length: times }, (_, i) => ({
    sentAt: from + i * 60,
    what: signal(name, 'firing', from, { until: epoch + (from + i * 60 + 240) * 1_000 }),
  }));
  const end = from + times * 60;
  return isResolved ? [...firings, { sentAt: end, what: signal(name, 'resolved', end - 10) }] : firings;
}

type Told = typeof told extends fc.Arbitrary<infer Value> ? Value : never;

/** No delivery is later than this, so that with the longest batch all stay within the hold time of 15 minutes. */
const LATEST = 840;
const lateness = fc.integer({ min: 0, max: LATEST });

/** How late something is brought, and how late once more. */
const bringing = fc.record({ delay: lateness, again: fc.option(lateness) });

interface Sent {
  readonly sentAt: number;
  readonly what: Signal;
  readonly delay: number;
  readonly again: number | null;
}

function said(name: string, state: Signal['state'] | 'given back', at: number, severity: Severity): Signal {
  if (state === 'given back') return signal(name, 'firing', at, { severity, unacknowledged: true });
  return signal(name, state, at, state === 'firing' ? { severity } : {});
}

const eventSent = fc
  .tuple(event, bringing)
  .map(([{ name, state, at, severity }, plan]): Sent[] => [
    { sentAt: at, what: said(name, state, at, severity), ...plan },
  ]);

const toldSent = fc
  .tuple(told, fc.array(bringing, { minLength: 6, maxLength: 6 }))
  .map(([alert, plans]): Sent[] =>
    tellings(alert).map((telling, i) => ({ ...telling, ...(plans[i] ?? { delay: 0, again: null }) })),
  );

/** Deliveries of up to 14 events and of up to 2 alerts as Prometheus tells them, each up to 14 minutes late, some of them twice. */
export const twoOrders: fc.Arbitrary<TwoOrders> = fc
  .record({
    events: fc.array(eventSent, { minLength: 1, maxLength: 14 }),
    alerts: fc.array(toldSent, { maxLength: 2 }),
    cuts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 30, maxLength: 30 }),
  })
  .map(({ events, alerts, cuts }) => {
    const sent = [...events, ...alerts].flat().sort((a, b) => a.sentAt - b.sentAt);
    const posted = sent.map(({ sentAt, what, ...plan }) => ({
      message: { ...post(what), receivedAt: epoch + sentAt * 1_000 },
      ...plan,
    }));
    const late = posted.flatMap(({ message, delay, again }) =>
      [delay, ...(again === null ? [] : [again])].map((seconds) => ({
        message,
        at: message.receivedAt + seconds * 1_000,
      })),
    );
    return {
      inTime: posted.map(({ message }) => ({ message, at: message.receivedAt })),
      late: byTime(late),
      cuts,
    };
  });

const byTime = (arrivals: readonly Arrival[]): readonly Arrival[] =>
  [...arrivals].sort((a, b) => a.at - b.at);

/** The longest time that a batch spans. */
const LONGEST_BATCH = 60_000;

/** Arrivals as batches of these sizes, none longer than a minute. */
export function* batches(
  arrivals: readonly Arrival[],
  cuts: readonly number[],
): Generator<readonly Arrival[]> {
  for (let i = 0, cut = 0; i < arrivals.length; cut++) {
    const first = arrivals[i]?.at ?? 0;
    const batch = arrivals.slice(i, i + (cuts[cut] ?? 1)).filter(({ at }) => at - first < LONGEST_BATCH);
    yield batch;
    i += batch.length;
  }
}
