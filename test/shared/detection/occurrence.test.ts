import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import {
  type AlertHead,
  MAX_EVENTS,
  type Occurrence,
  occurrencesOf,
  pastAfter,
  stateOf,
  withSignal,
} from '../../../shared/detection/index.ts';
import { epoch, fingerprint, integration, org, signal } from '../../support/signals.ts';
import { translated } from '../../support/source-rows.ts';

const nothing: AlertHead = {
  ...{ org, fingerprint: fingerprint('a'), version: 0, integration, source: 'generic' },
  ...{ labels: {}, links: [], firings: [], resolves: [], memberships: [] },
};

type Told = readonly [state: 'firing' | 'resolved', at: number];

/** The rows of the past that grow beside a head as signals come, and the head. */
function heard(told: readonly Told[]) {
  const rows = new Map<number, Occurrence>();
  let head = nothing;
  for (const [state, at] of told) {
    const said = signal('a', state, at);
    for (const { from, occurrence } of pastAfter(head, said)) {
      if (occurrence) rows.set(from, occurrence);
      else rows.delete(from);
    }
    head = withSignal(head, said);
  }
  return { head, past: [...rows.values()].sort((a, b) => a.from - b.from) };
}

const inSeconds = ({ from, last, to }: Occurrence) =>
  [from, last, to].map((at) => (at === undefined ? undefined : (at - epoch) / 1_000));

const told = fc.tuple(fc.constantFrom('firing' as const, 'resolved' as const), fc.nat({ max: 60 }));

describe('a source that says again that an alert fires, at the time of its saying so', () => {
  const told = (name: string) => translated('datadog', name).signals[0] ?? signal('none', 'firing', 0);
  const [triggered, again, recovered] = [
    told('template-triggered'),
    told('template-renotify'),
    told('template-recovered'),
  ];
  const headOf = (...signals: readonly Signal[]) => signals.reduce(withSignal, nothing);

  it('has one occurrence from its first firing to its end, in whichever order that comes', () => {
    const whole = [{ from: triggered.at, last: again.at, to: recovered.at }];
    expect(occurrencesOf(headOf(triggered, again, recovered))).toEqual(whole);
    expect(occurrencesOf(headOf(recovered, again, triggered))).toEqual(whole);
    expect(occurrencesOf(headOf(triggered, again))).toEqual([{ from: triggered.at, last: again.at }]);
  });

  it('fires even where its first firing never came, and adds nothing when it is delivered again', () => {
    expect(stateOf(headOf(again))).toBe('firing');
    const head = headOf(triggered, again);
    expect(withSignal(head, again).firings).toBe(head.firings);
  });
});

describe('an acknowledgement that was taken back', () => {
  const said = [
    signal('a', 'firing', 0),
    signal('a', 'acknowledged', 1),
    signal('a', 'firing', 2, { unacknowledged: true }),
  ];
  const stateAfter = (all: readonly Signal[]) => stateOf(all.reduce(withSignal, nothing));

  it('[F17] [F21] counts no more, in any order and repetition; a repeated firing takes none back', () => {
    const orders = fc.shuffledSubarray([...said, ...said], { minLength: 6 });
    fc.assert(fc.property(orders, (all) => void expect(stateAfter(all)).toBe('firing')));
    expect(stateAfter([...said.slice(0, 2), signal('a', 'firing', 2)])).toBe('acknowledged');
  });

  it('gives way to a later one, in any order, also where it says nothing else', () => {
    const later = [...said, signal('a', 'acknowledged', 3)];
    const orders = fc.shuffledSubarray(later, { minLength: later.length });
    fc.assert(fc.property(orders, (all) => void expect(stateAfter(all)).toBe('acknowledged')));
    const bare = signal('a', 'acknowledged', 4, { unacknowledged: true });
    expect([stateAfter([bare]), stateAfter([bare, ...later])]).toEqual([undefined, 'firing']);
  });
});

describe('past occurrences', () => {
  it('are what ended before the alert fired again', () => {
    const { past } = heard([
      ['firing', 0],
      ['resolved', 5],
      ['firing', 10],
      ['firing', 12],
      ['resolved', 20],
      ['firing', 30],
    ]);
    expect(past.map(inSeconds)).toEqual([
      [0, 0, 5],
      [10, 12, 20],
    ]);
  });

  it('are put right by what comes late: an earlier beginning, an end between', () => {
    const late: Told[] = [
      ['firing', 10],
      ['resolved', 20],
      ['firing', 30],
      ['firing', 4],
      ['firing', 15],
      ['resolved', 12],
    ];
    expect(heard(late).past.map(inSeconds)).toEqual([
      [4, 10, 12],
      [15, 15, 20],
    ]);
  });

  it('[F17] [F21] with the current one are the occurrences of all that was said, in any order and repetition', () => {
    fc.assert(
      fc.property(
        fc.array(told, { maxLength: MAX_EVENTS }).chain((once) =>
          fc.record({
            once: fc.constant(once),
            again: fc.shuffledSubarray([...once, ...once], { minLength: once.length * 2 }),
          }),
        ),
        ({ once, again }) => {
          const { head, past } = heard(again);
          const all = [...past, ...occurrencesOf(head).slice(-1)];
          const times = (wanted: Told[0]) =>
            once.filter(([state]) => state === wanted).map(([, at]) => epoch + at * 1_000);
          const expected = occurrencesOf({ firings: times('firing'), resolves: times('resolved') });
          expect(all.map(inSeconds)).toEqual(expected.map(inSeconds));
        },
      ),
    );
  });

  it('stay when the head has no more room for them', () => {
    const flapping = Array.from(
      { length: 40 },
      (_, i): Told => [i % 2 === 0 ? 'firing' : 'resolved', i * 10],
    );
    expect(heard(flapping).past.map(inSeconds)).toEqual(
      Array.from({ length: 19 }, (_, i) => [i * 20, i * 20, i * 20 + 10]),
    );
  });
});
