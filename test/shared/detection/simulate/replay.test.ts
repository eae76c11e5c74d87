import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quiet, Signal } from '../../../../shared/alerts/index.ts';
import { messagesOf, Replay, type Rule, ruleSchema } from '../../../../shared/detection/index.ts';
import { HOUR, MINUTE, SECOND, system } from '../../../../shared/kernel/index.ts';
import { DetectionMemory } from '../../../support/detection-memory.ts';
import { epoch, org, post, signal } from '../../../support/signals.ts';

const rule = (more: object): Rule => ruleSchema.parse({ id: 'r', name: 'One', ...more });

/** What comes of these signals, each in a POST of its own that is received when it happens. Times in seconds. */
function played(rules: readonly Rule[], signals: readonly Signal[], until = 24 * HOUR) {
  const replay = new Replay(org, rules);
  for (const one of signals.toSorted((a, b) => a.at - b.at)) replay.receive(post(one));
  return replay.finish(epoch + until);
}

const secondsOf = (time: number | undefined) => time !== undefined && (time - epoch) / SECOND;

describe('signals that are played again', () => {
  it('open an incident that pages at once, and end it when all is quiet', () => {
    const { incidents, unplaced, signals } = played(
      [],
      [
        signal('a', 'firing', 0),
        signal('b', 'firing', 60),
        signal('a', 'resolved', 90),
        signal('b', 'resolved', 120),
      ],
    );
    expect([signals, unplaced, incidents.length]).toEqual([4, [], 1]);
    const [only] = incidents;
    expect([only?.alerts.length, only?.reopened, only?.pages.map(secondsOf)]).toEqual([2, 0, [0]]);
    expect([secondsOf(only?.openedAt), secondsOf(only?.endedAt)]).toEqual([0, 120]);
  });

  it('page again when the incident opens again, and nobody for what is no emergency', () => {
    const said = [signal('a', 'firing', 0), signal('a', 'resolved', 60), signal('a', 'firing', 300)];
    expect(played([], said).incidents.map(({ pages, reopened }) => [pages.length, reopened])).toEqual([
      [2, 1],
    ]);
    const calm = [rule({ conditions: { severity: 'P5_INFO' } })];
    expect(played(calm, said).incidents.map(({ pages, severity }) => [pages.length, severity])).toEqual([
      [0, 'P5_INFO'],
    ]);
  });

  it('end by themselves when that was said', () => {
    const { incidents } = played([], [signal('a', 'firing', 0, { until: epoch + 5 * MINUTE })]);
    expect(incidents.map(({ endedAt }) => secondsOf(endedAt))).toEqual([360]);
  });

  it('that keep on being told end after the last end that was said', () => {
    const told = [0, 60, 120, 180].map((at) =>
      signal('a', 'firing', 0, { until: epoch + (at + 240) * SECOND }),
    );
    const replay = new Replay(org, []);
    for (const [i, one] of told.entries()) replay.receive({ ...post(one), receivedAt: epoch + i * MINUTE });
    expect(replay.finish(epoch + HOUR).incidents.map(({ endedAt }) => secondsOf(endedAt))).toEqual([480]);
  });

  it('which are in no incident say why', () => {
    const two = rule({ conditions: { threshold: 2, timeWindow: 60 } });
    const silent = rule({ name: 'Quiet', actions: { createIncident: false } });
    expect(played([two], [signal('a', 'firing', 0)]).unplaced).toMatchObject([
      { why: "Rule 'One' waits for 2 distinct alerts within 1 min", title: 'a is failing' },
    ]);
    expect(played([silent], [signal('a', 'firing', 0)]).unplaced).toMatchObject([
      { why: "Rule 'Quiet' records its alerts without an incident" },
    ]);
  });

  it('come to the incidents that detection makes of them: the same windows, members, severities', () => {
    const step = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      state: fc.constantFrom('firing' as const, 'resolved' as const),
      after: fc.integer({ min: 1, max: 1_500 }),
      service: fc.constantFrom('checkout', 'search'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.boolean(), (steps, isCounting) => {
        const rules = isCounting ? [rule({ conditions: { threshold: 2, timeWindow: 600 } })] : [];
        const memory = new DetectionMemory(rules);
        let last = 0;
        const times = steps.map(({ after }) => {
          last += after;
          return last;
        });
        const said = steps.map(({ name, state, service }, i) =>
          signal(name, state, times[i] ?? 0, { service }),
        );
        for (const one of said) {
          memory.settle(one.at - 1);
          memory.receive([post(one)], one.at);
        }
        memory.settle(epoch + (last + 60) * SECOND);
        const real = [...memory.incidents.values()].filter(({ id }) => memory.keptOf(id) === id);
        const { incidents } = played(rules, said);
        expect(incidents.map(({ openedAt, severity, key }) => [openedAt, severity, key])).toEqual(
          real
            .toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))
            .map(({ openedAt, severity, correlation }) => [openedAt, severity, correlation?.key]),
        );
      }),
    );
  });

  it('are the messages of their POSTs again', () => {
    const messages = [
      post(signal('a', 'firing', 0), signal('b', 'firing', 0)),
      post(signal('a', 'resolved', 9)),
    ];
    const kept = messages.flatMap(({ kind: _, org: _org, signals, ...from }) =>
      signals.map((one, place) => ({ from, place, signal: one })),
    );
    expect([...messagesOf(org, kept)]).toEqual(messages);
  });
});

describe('signals that were held back', () => {
  const window: Quiet = {
    ...{ kind: 'maintenance', id: 'mwn_01TEST', services: ['checkout'], comment: 'x', version: 1 },
    ...{ from: epoch, to: epoch + 600 * SECOND, createdAt: epoch, createdBy: system('test') },
  };

  it('open nothing while they are, and an incident when that ends and they go on', () => {
    const replay = new Replay(org, [], { quiets: [window] });
    replay.receive(post(signal('a', 'firing', 10)));
    expect(replay.finish(epoch + 500 * SECOND).incidents).toEqual([]);
    const { incidents } = replay.finish(epoch + HOUR);
    expect(incidents.map(({ alerts, pages }) => [alerts.length, pages.length])).toEqual([[1, 1]]);
  });
});
