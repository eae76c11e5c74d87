import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Signal, type SignalsMessage, severities } from '../../../shared/alerts/index.ts';
import { type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory, outcome } from '../../support/detection-memory.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const grouping = ruleSchema.parse({ id: 'group', name: 'By service' });
const counting = ruleSchema.parse({
  id: 'count',
  name: 'Three within three minutes',
  conditions: { alertPattern: 'fail', threshold: 3, timeWindow: 180 },
});

/** One event of one of four alerts, within 40 minutes. */
const event = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  state: fc.constantFrom<Signal['state']>('firing', 'firing', 'resolved'),
  at: fc.integer({ min: 0, max: 2_400 }),
  severity: fc.constantFrom(...severities),
});

/** Deliveries in the order in which they happened. */
const deliveries = fc
  .array(event, { minLength: 1, maxLength: 14 })
  .map((events) =>
    [...events]
      .sort((a, b) => a.at - b.at)
      .map(({ name, state, at, severity }) =>
        post(signal(name, state, at, state === 'firing' ? { severity } : {})),
      ),
  );

/** The same deliveries as the queue may bring them: each up to 14 minutes late, some twice, cut into batches. */
const shuffled = deliveries.chain((messages) =>
  fc.record({
    messages: fc.constant(messages),
    delays: fc.array(fc.integer({ min: 0, max: 840 }), {
      minLength: messages.length,
      maxLength: messages.length,
    }),
    again: fc.array(fc.option(fc.integer({ min: 0, max: 840 })), {
      minLength: messages.length,
      maxLength: messages.length,
    }),
    cuts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }),
  }),
);

interface Arrival {
  readonly message: SignalsMessage;
  readonly at: number;
}

/** With the longest delay this stays within the hold time. */
const LONGEST_BATCH = 60_000;

/** Plays arrivals in their order, in batches; an incident that is quiet for ten seconds settles before the next arrival. */
function play(
  rules: readonly Rule[],
  arrivals: readonly Arrival[],
  cuts: readonly number[],
): readonly string[] {
  const world = new DetectionMemory(rules);
  const sorted = [...arrivals].sort((a, b) => a.at - b.at);
  let now = epoch;
  for (let i = 0, cut = 0; i < sorted.length; cut++) {
    const first = sorted[i]?.at ?? 0;
    const batch = sorted.slice(i, i + (cuts[cut] ?? 1)).filter(({ at }) => at - first < LONGEST_BATCH);
    const at = Math.max(...batch.map((arrival) => arrival.at));
    if (at - now > 10_000) world.settle(at);
    world.receive(
      batch.map(({ message }) => message),
      at,
    );
    now = at;
    i += batch.length;
  }
  world.settle(now + 60_000);
  world.settle(now + 120_000);
  return outcome(world);
}

describe('order and repetition do not matter', () => {
  for (const rules of [[grouping], [counting], [counting, grouping]]) {
    it(`[F5] [F17] [F21] under ${rules.map(({ name }) => name).join(' and ')}`, () => {
      fc.assert(
        fc.property(shuffled, ({ messages, delays, again, cuts }) => {
          const inTime = messages.map((message) => ({ message, at: message.receivedAt }));
          const late = messages.flatMap((message, i) => {
            const first = { message, at: message.receivedAt + (delays[i] ?? 0) * 1_000 };
            const second = again[i];
            return second === null || second === undefined
              ? [first]
              : [first, { message, at: message.receivedAt + second * 1_000 }];
          });
          expect(play(rules, late, cuts)).toEqual(play(rules, inTime, []));
        }),
        { numRuns: 5_000 },
      );
    });
  }
});
