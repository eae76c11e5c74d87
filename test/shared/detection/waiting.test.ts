import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory, outcome } from '../../support/detection-memory.ts';
import { world as settling } from '../../support/detection-world.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const two = ruleSchema.parse({ id: 'two', name: 'Two', conditions: { threshold: 2, timeWindow: 180 } });

type Said = readonly [name: string, state: 'firing' | 'resolved', at: number];

/** Takes these in turn, the n-th of them n seconds after `from`. */
function heard(world: DetectionMemory, said: readonly Said[], from: number): void {
  for (const [i, [name, state, at]] of said.entries())
    world.receive([post(signal(name, state, at))], epoch + (from + i) * 1_000);
}

describe('alerts that wait for a threshold', () => {
  it('are written together with the slot that counts them, and nowhere else', () => {
    const world = new DetectionMemory([two]);
    const { keys, loose, later } = world.receive([post(signal('a', 'firing', 0))], epoch);
    expect(keys.map(({ heads }) => heads.map(({ head }) => head.fingerprint))).toEqual([[fingerprint('a')]]);
    expect(keys.map(({ slots }) => slots.flatMap(({ slot }) => Object.keys(slot.alerts)))).toEqual([
      [fingerprint('a')],
    ]);
    expect({ loose, later }).toEqual({ loose: [], later: [] });
  });

  it('are counted under their rule also where a batch first says of another one of the group that it is over', () => {
    const world = new DetectionMemory([two]);
    heard(
      world,
      [
        ['a', 'firing', 0],
        ['b', 'firing', 1],
      ],
      0,
    );
    const both = [signal('a', 'resolved', 2_000), signal('c', 'firing', 2_000)];
    const { keys } = world.receive([post(...both)], epoch + 2_000_000);
    expect(keys.map(({ rule }) => rule)).toEqual(['two']);
  });

  it('[F23] and are counted under a second key only when their first head is there', () => {
    const loud = ruleSchema.parse({ id: 'loud', name: 'Loud', conditions: { alertPattern: 'loud' } });
    const world = new DetectionMemory([loud, two]);
    const twice = [signal('a', 'firing', 0, { title: 'loud' }), signal('a', 'firing', 5, { title: 'quiet' })];
    const { keys, later } = world.receive([post(...twice)], epoch + 6_000);
    expect(keys.map(({ rule }) => rule)).toEqual(['loud']);
    expect(later).toEqual([fingerprint('a')]);
    expect([...world.slots.values()].flatMap((slots) => [...slots.values()])).toHaveLength(1);

    const again = world.receive([post(signal('a', 'firing', 400, { title: 'quiet' }))], epoch + 400_000);
    expect(again.later).toEqual([]);
  });

  it('[F17] one that came again before the late firing which counts makes the window reach as far as in order', () => {
    const late: Said = ['b', 'firing', 107];
    const others: readonly Said[] = [
      ['a', 'firing', 0],
      ['b', 'resolved', 115],
      ['a', 'resolved', 165],
      ['a', 'firing', 177],
      ['a', 'resolved', 224],
    ];
    const [inOrder, lateLast] = [new DetectionMemory([two]), new DetectionMemory([two])];
    heard(
      inOrder,
      [...others, late].sort((a, b) => a[2] - b[2]),
      225,
    );
    heard(lateLast, [...others, late], 225);
    for (const world of [inOrder, lateLast]) world.settle(epoch + 300_000);
    expect(outcome(lateLast)).toEqual(outcome(inOrder));
  });

  it('an end that is reached: a late firing of a member of a closed window is decided once', () => {
    const world = new DetectionMemory([two]);
    heard(
      world,
      [
        ['a', 'firing', 104],
        ['b', 'firing', 104],
        ['b', 'resolved', 112],
        ['a', 'resolved', 126],
      ],
      127,
    );
    world.settle(epoch + 140_000);
    heard(world, [['b', 'firing', 33]], 141);
    expect(outcome(world)).toHaveLength(1);
  });
});

describe('an alert that waited until another of the same batch reached the threshold', () => {
  it.each([
    ['an acknowledgement', signal('waited', 'acknowledged', 50)],
    ['an old resolve', signal('waited', 'resolved', -10)],
  ])('is of the incident, whose end its resolve tells, also with %s in that batch', (_, other) => {
    const all = settling(two);
    all.receive(0, signal('waited', 'firing', 0));
    all.receive(60, signal('reached', 'firing', 60), other);
    all.receive(120, signal('reached', 'resolved', 120));
    all.settle(140);
    expect(all.incidents()).toEqual([expect.stringMatching(/^(triggered|acknowledged)/)]);
    all.receive(180, signal('waited', 'resolved', 180));
    all.settle(200);
    expect(all.incidents()).toEqual([expect.stringMatching(/^resolved/)]);
  });
});

describe('an alert that waited for more than sixteen minutes when the last that counts was heard of', () => {
  it('begins the incident, as it does when all are heard of in time', () => {
    const three = ruleSchema.parse({
      id: 'three',
      name: 'Three',
      conditions: { threshold: 3, timeWindow: 180 },
    });
    const said: readonly Said[] = [
      ['a', 'firing', 0],
      ['a', 'resolved', 574],
      ['a', 'firing', 574],
      ['c', 'firing', 574],
      ['c', 'resolved', 574],
      ['d', 'resolved', 753],
      ['d', 'firing', 753],
    ];
    const played = (delay: number) => {
      const world = new DetectionMemory([three]);
      for (const [i, [name, state, at]] of said.entries())
        world.receive(
          [post(signal(name, state, at))],
          epoch + (at + (i === said.length - 1 ? delay : 0)) * 1_000,
        );
      return outcome(world);
    };
    expect(played(0)).toHaveLength(1);
    expect(played(208)).toEqual(played(0));
  });
});
