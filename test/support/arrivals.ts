import fc from 'fast-check';
import { type Signal, type SignalsMessage, severities } from '../../shared/alerts/index.ts';
import { post, signal } from './signals.ts';

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
  state: fc.constantFrom<Signal['state']>('firing', 'firing', 'resolved'),
  at: fc.integer({ min: 0, max: 2_400 }),
  severity: fc.constantFrom(...severities),
});

/** No delivery is later than this, so that with the longest batch all stay within the hold time of 15 minutes. */
const LATEST = 840;
const lateness = fc.integer({ min: 0, max: LATEST });

/** Deliveries of up to 14 events, each up to 14 minutes late, some of them twice, cut into batches. */
export const twoOrders: fc.Arbitrary<TwoOrders> = fc
  .array(fc.record({ event, delay: lateness, again: fc.option(lateness) }), { minLength: 1, maxLength: 14 })
  .chain((plans) =>
    fc.record({
      plans: fc.constant(plans),
      cuts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 30, maxLength: 30 }),
    }),
  )
  .map(({ plans, cuts }) => {
    const sorted = [...plans].sort((a, b) => a.event.at - b.event.at);
    const sent = sorted.map(({ event: { name, state, at, severity }, ...plan }) => ({
      message: post(signal(name, state, at, state === 'firing' ? { severity } : {})),
      ...plan,
    }));
    const late = sent.flatMap(({ message, delay, again }) =>
      [delay, ...(again === null ? [] : [again])].map((seconds) => ({
        message,
        at: message.receivedAt + seconds * 1_000,
      })),
    );
    return {
      inTime: sent.map(({ message }) => ({ message, at: message.receivedAt })),
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
