import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Counter,
  countDueAt,
  keptByMinute,
  lineOf as lineOfKept,
  minutesOf,
  type SignalLine,
  summed,
} from '../../../shared/alerts/index.ts';
import { HOLD, MINUTE, minuteOf, SECOND } from '../../../shared/kernel/index.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const line = fc.record({
  receipt: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
  place: fc.integer({ min: 0, max: 5 }),
});

/** What a receipt and place name is one signal for ever. */
const lineOf = ({ receipt, place }: { receipt: string; place: number }): SignalLine => ({
  ...{ receipt, place, fingerprint: `alert ${place % 3}`, state: 'firing', at: epoch },
  receivedAt: epoch + Number(receipt.slice(1)) * SECOND,
});

function counted(...parts: readonly (readonly SignalLine[])[]) {
  const counter = new Counter();
  for (const part of parts) for (const one of part) counter.add(one);
  return counter.counts();
}

describe('counting signals', () => {
  it('[F5] counts each once, in whatever order and however often it comes, and knows the last', () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (some, others) => {
        const [a, b] = [some.map(lineOf), others.map(lineOf)];
        const counts = counted(a, b);
        expect(counted(b, a, b.toReversed(), a)).toEqual(counts);
        const distinct = new Map([...a, ...b].map((one) => [`${one.receipt} ${one.place}`, one]));
        const by = Map.groupBy(distinct.values(), ({ fingerprint }) => fingerprint);
        expect(new Map(counts)).toEqual(
          new Map(
            [...by].map(([name, lines]) => [
              name,
              { received: lines.length, lastAt: Math.max(...lines.map(({ receivedAt }) => receivedAt)) },
            ]),
          ),
        );
      }),
    );
  });
  it('tells alerts in the order of their fingerprints, so that a run can go on after one', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const names = counted(lines.map(lineOf)).map(([name]) => name);
        expect(names).toEqual([...names].sort());
      }),
    );
  });
  it('adds up minutes, none of them too', () => {
    expect(summed([])).toEqual({ received: 0, lastAt: 0 });
    const counts = [
      { received: 2, lastAt: epoch + 1 },
      { received: 3, lastAt: epoch },
    ];
    expect(summed(counts)).toEqual({ received: 5, lastAt: epoch + 1 });
  });
});

describe('the lines of a batch', () => {
  it('lie in the minute in which their message was received, with their place in it', () => {
    const both = post(signal('a', 'firing', 0), signal('b', 'resolved', 59));
    const later = post(signal('a', 'firing', 60));
    const lines = new Map(
      [...keptByMinute([both, later])].map(([minute, kept]) => [minute, kept.map(lineOfKept)]),
    );
    expect([...lines.keys()]).toEqual([minuteOf(epoch), minuteOf(epoch) + 1]);
    expect(lines.get(minuteOf(epoch))).toEqual([
      {
        ...{ receipt: both.receipt, place: 0, fingerprint: fingerprint('a'), state: 'firing' },
        ...{ at: epoch, receivedAt: both.receivedAt, integration: both.integration },
      },
      {
        ...{ receipt: both.receipt, place: 1, fingerprint: fingerprint('b'), state: 'resolved' },
        ...{ at: epoch + 59 * SECOND, receivedAt: both.receivedAt, integration: both.integration },
      },
    ]);
  });
});

describe('a minute', () => {
  const minute = minuteOf(epoch);

  it('is counted a little after its end, or after the last that was added late', () => {
    expect(countDueAt(minute, epoch + 30 * SECOND)).toBe(epoch + 75 * SECOND);
    expect(countDueAt(minute, epoch + 5 * MINUTE)).toBe(epoch + 5 * MINUTE + 15 * SECOND);
  });
  it('belongs to an incident from its opening until now, or 15 minutes after its end', () => {
    expect(minutesOf(epoch, undefined, epoch + 10 * MINUTE)).toEqual([minute, minute + 10]);
    expect(minutesOf(epoch, epoch + MINUTE, epoch + 5 * MINUTE)).toEqual([minute, minute + 5]);
    expect(minutesOf(epoch, epoch + MINUTE, epoch + HOLD + 9 * MINUTE)).toEqual([minute, minute + 16]);
  });
});
