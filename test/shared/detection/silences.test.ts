import { describe, expect, it } from 'vitest';
import type { Quiet, Signal } from '../../../shared/alerts/index.ts';
import { type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory, outcome } from '../../support/detection-memory.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';
import { maintenance, silence } from '../../support/silences.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const ofA = [{ name: 'title', op: '=~', value: 'a is.*' }] as const;

/** A world with these silences; times in seconds. */
const quietly = (...quiets: readonly Quiet[]) => quietlyBy(byService, ...quiets);

function quietlyBy(rule: Rule, ...quiets: readonly Quiet[]) {
  const memory = new DetectionMemory([rule]);
  memory.quiets = quiets;
  const at = (seconds: number) => epoch + seconds * 1_000;
  return {
    memory,
    hear: (seconds: number, ...signals: readonly Signal[]) => memory.receive([post(...signals)], at(seconds)),
    look: (seconds: number) => {
      memory.lapse(at(seconds));
      memory.settle(at(seconds));
    },
    incidents: () => [...memory.incidents.values()].map((one) => `${one.state} ${one.severity}`),
    suppressed: (name: string) => memory.heads.get(fingerprint(name))?.suppressed,
  };
}

const fires = (name: string, at: number, more = {}) => signal(name, 'firing', at, more);
const ends = (name: string, at: number) => signal(name, 'resolved', at);

describe('a silence', () => {
  it('that is over has its firings placed as one by one, also when they are heard together afterwards', () => {
    const fixed = ruleSchema.parse({ id: 'fixed', name: 'Fixed', group: { mode: 'fixed', window: 960 } });
    const [together, apart] = [0, 1].map(() => quietlyBy(fixed, silence(1, 1_201, ofA)));
    for (const world of [together, apart]) {
      world?.hear(0, fires('a', 0), fires('b', 0));
      world?.hear(192, ends('a', 192));
    }
    apart?.hear(703, fires('a', 703));
    apart?.hear(1_152, fires('a', 1_152));
    apart?.look(1_201);
    together?.hear(1_201, fires('a', 703), fires('a', 1_152));
    expect(together && outcome(together.memory)).toEqual(apart && outcome(apart.memory));
    expect(together?.incidents()).toHaveLength(2);
  });

  it('keeps an alert that fires meanwhile out of incidents, and the record says what did', () => {
    const world = quietly(silence(0, 600, ofA));
    const { keys, held } = world.hear(10, fires('a', 10));
    expect(keys).toEqual([]);
    expect(held).toMatchObject([
      { signal: { title: 'a is failing' }, why: expect.stringMatching(/^Silence sil_/) },
    ]);
    expect(world.suppressed('a')).toMatchObject({ kind: 'silence', firings: [[epoch + 10_000, -1]] });
  });

  it('leaves alone what it does not fit, and what fires before it begins or from its end on', () => {
    for (const [name, at] of [
      ['b', 10],
      ['a', -1],
      ['a', 600],
    ] as const) {
      const world = quietly(silence(0, 600, ofA));
      world.hear(601, fires(name, at));
      expect(world.incidents(), `${name} at ${at}`).toHaveLength(1);
    }
  });

  it('that ends over an alert that goes on has it placed then, with all it said', () => {
    const world = quietly(silence(0, 600, ofA));
    world.hear(10, fires('a', 10, { severity: 'P1_CRITICAL', description: 'all of it' }));
    world.look(599);
    expect(world.incidents()).toEqual([]);
    world.look(600);
    const [incident] = world.memory.incidents.values();
    expect(incident).toMatchObject({
      ...{ state: 'triggered', severity: 'P1_CRITICAL', openedAt: epoch + 600_000 },
      ...{ description: 'all of it', next: { step: 1 } },
    });
    world.hear(700, ends('a', 700));
    world.look(720);
    expect(world.incidents()).toEqual(['resolved P1_CRITICAL']);
  });

  it('never brings back what was over before its end, though nobody looked meanwhile', () => {
    const world = quietly(silence(0, 600, ofA));
    world.hear(10, fires('a', 10));
    world.hear(500, ends('a', 500));
    world.look(700);
    expect(world.incidents()).toEqual([]);
  });

  it('lets resolves pass, and the incident that was open before ends', () => {
    const world = quietly(silence(100, 600, ofA));
    world.hear(10, fires('a', 10));
    world.hear(200, ends('a', 200));
    world.look(300);
    expect(world.incidents()).toEqual(['resolved P3_MEDIUM']);
  });

  it('gives no new page to the incident of an alert that is in it already, however urgent it becomes', () => {
    const world = quietly(silence(100, 600, ofA));
    world.hear(10, fires('a', 10, { severity: 'P4_LOW' }));
    const { keys } = world.hear(200, fires('a', 200, { severity: 'P1_CRITICAL' }));
    expect(keys).toEqual([]);
    expect(world.incidents()).toEqual(['triggered P4_LOW']);
    world.look(600);
    expect(world.incidents()).toEqual(['triggered P1_CRITICAL']);
  });

  it('does not keep the incident open to which its alert belonged before', () => {
    const world = quietly(silence(100, 6_000, ofA));
    world.hear(10, fires('a', 10));
    world.hear(90, ends('a', 90));
    world.hear(105, fires('a', 105));
    world.look(120);
    expect(world.incidents()).toEqual(['resolved P3_MEDIUM']);
  });

  it('ends together with others that follow without a gap, and once', () => {
    const world = quietly(silence(0, 600, ofA), silence(500, 900, ofA), silence(900, 1_200, ofA));
    world.hear(10, fires('a', 10));
    for (const at of [600, 900, 1_199]) world.look(at);
    expect(world.incidents()).toEqual([]);
    for (const at of [1_200, 1_260, 1_320]) world.look(at);
    expect(world.incidents()).toEqual(['triggered P3_MEDIUM']);
    expect(outcome(world.memory)).toHaveLength(1);
  });

  it('that a person ends early frees what it held back, and one that is made longer holds it on', () => {
    const long = silence(0, 6_000, ofA);
    const world = quietly(long);
    world.hear(10, fires('a', 10));
    world.memory.quiets = [{ ...long, to: epoch + 9_000_000 }];
    world.look(6_100);
    expect(world.incidents()).toEqual([]);
    world.memory.quiets = [{ ...long, to: epoch + 6_200_000 }];
    world.look(6_210);
    expect(world.incidents()).toEqual(['triggered P3_MEDIUM']);
  });

  it('[M3] [F17] with a trigger and its resolve in any order, no incident and no page', () => {
    const said = [fires('a', 10), ends('a', 11), fires('a', 12)];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const order of orders) {
      const world = quietly(silence(0, 600, ofA));
      order.forEach((place, i) => void world.hear(20 + i, said[place] ?? fires('a', 10)));
      world.look(30);
      expect(world.incidents(), order.join()).toEqual([]);
      world.look(600);
      expect(world.incidents(), order.join()).toEqual(['triggered P3_MEDIUM']);
    }
  });
});

describe('[M3] [F17] a trigger and its resolve in any order without a silence', () => {
  const said = [fires('a', 10), ends('a', 11), fires('a', 12), ends('a', 13)];
  it.each(
    [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ].map((order) => [order]),
  )('%j: the end state is that by event time, and what is known to be over pages nobody', (order) => {
    const world = quietly();
    for (const place of order) world.hear(20, said[place] ?? fires('a', 10));
    expect(world.incidents()).toEqual(['triggered P3_MEDIUM']);
    const over = quietly();
    for (const place of [...order, 3].reverse()) over.hear(20, said[place] ?? fires('a', 10));
    over.look(60);
    expect(over.incidents()).toEqual(['resolved P3_MEDIUM']);
  });

  it('a resolve that comes first keeps its trigger from paging', () => {
    const world = quietly();
    world.hear(20, ends('a', 11));
    world.hear(21, fires('a', 10));
    const [incident] = world.memory.incidents.values();
    expect(incident).toMatchObject({ state: 'resolved' });
    expect(incident).not.toHaveProperty('next');
  });
});

describe('a silence until resolved', () => {
  const until = () => silence(0, 6_000, ofA, { untilResolved: true });

  it('ends for an alert with its first resolve, so that it pages when it fires again', () => {
    const world = quietly(until());
    world.hear(10, fires('a', 10));
    world.hear(20, ends('a', 20));
    expect(world.incidents()).toEqual([]);
    world.hear(30, fires('a', 30));
    expect(world.incidents()).toEqual(['triggered P3_MEDIUM']);
  });

  it('ends also when the resolve comes late: the firing after it is placed then, at its own time', () => {
    const world = quietly(until());
    world.hear(10, fires('a', 10));
    world.hear(30, fires('a', 30));
    expect(world.incidents()).toEqual([]);
    world.hear(40, ends('a', 20));
    const [incident] = world.memory.incidents.values();
    expect(incident).toMatchObject({ state: 'triggered', openedAt: epoch + 30_000 });
    expect(world.suppressed('a')?.firings).toEqual([[epoch + 10_000, -1]]);
  });

  it('goes on for alerts that were not resolved', () => {
    const world = quietly({ ...until(), matchers: [{ name: 'service', op: '=', value: 'checkout' }] });
    world.hear(10, fires('a', 10), fires('b', 10));
    world.hear(20, ends('a', 20));
    world.hear(30, fires('b', 30));
    expect(world.incidents()).toEqual([]);
  });
});

describe('maintenance', () => {
  it('[M11] keeps the alerts of its services back and lets their resolves pass', () => {
    const world = quietly(maintenance(100, 600, 'checkout'));
    world.hear(10, fires('a', 10));
    world.hear(200, fires('b', 200), fires('c', 200, { service: 'search' }));
    expect(world.incidents()).toEqual(['triggered P3_MEDIUM', 'triggered P3_MEDIUM']);
    expect(world.suppressed('b')).toMatchObject({ kind: 'maintenance' });
    world.hear(300, ends('a', 300));
    world.look(400);
    expect(world.incidents()).toEqual(['resolved P3_MEDIUM', 'triggered P3_MEDIUM']);
  });

  it('that ends places what goes on, each by its own rule, together where they belong together', () => {
    const world = quietly(maintenance(0, 600, 'checkout', 'search'));
    world.hear(200, fires('a', 200), fires('b', 210), fires('c', 220, { service: 'search' }));
    world.look(600);
    expect(outcome(world.memory).map((line) => line.split(' ').slice(1, 4).join(' '))).toEqual([
      `${epoch + 600_000} open open`,
      `${epoch + 600_000} open open`,
    ]);
  });
});

describe('a resolve that comes after the end of a silence and was before it', () => {
  it('finds an incident, which it ends', () => {
    const world = quietly(silence(0, 600, ofA));
    world.hear(10, fires('a', 10));
    world.look(600);
    expect(world.incidents()).toEqual(['triggered P3_MEDIUM']);
    world.hear(700, ends('a', 590));
    world.look(720);
    expect(world.incidents()).toEqual(['resolved P3_MEDIUM']);
  });
});
