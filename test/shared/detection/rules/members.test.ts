import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/detection/index.ts';
import { world } from '../../../support/detection-world.ts';
import { signal } from '../../../support/signals.ts';

const zones = ruleSchema.parse({
  id: 'zones',
  name: 'Two of three zones',
  conditions: { members: { label: 'zone', atLeast: 2 }, timeWindow: 300 },
});
const named = ruleSchema.parse({
  id: 'both',
  name: 'Front and back',
  conditions: {
    members: {
      of: [
        { name: 'front', when: '@title=~"web.*"' },
        { name: 'back', when: { field: 'title', occurs: 'api' } },
        { name: 'store', when: '@title=~"db.*"' },
      ],
      atLeast: 2,
    },
  },
});
const zone = (name: string) => ({ labels: { zone: name } });

describe('only when so many members fire', () => {
  it('two alerts of one member are not enough, one of another is', () => {
    const here = world(zones);
    here.receive(0, signal('a', 'firing', 0, zone('eu')), signal('b', 'firing', 10, zone('eu')));
    expect(here.incidents()).toEqual([]);
    here.receive(60, signal('c', 'firing', 60, zone('us')));
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
    expect([...here.memory.heads.values()].every(({ memberships }) => memberships.length === 1)).toBe(true);
  });

  it('[M13] counts firings alone, and only inside the window', () => {
    const here = world(zones);
    here.receive(0, signal('a', 'firing', 0, zone('eu')));
    here.receive(20, signal('x', 'resolved', 20, zone('us')), signal('y', 'acknowledged', 20, zone('ap')));
    here.receive(301, signal('c', 'firing', 301, zone('us')));
    expect(here.incidents()).toEqual([]);
    here.receive(400, signal('d', 'firing', 400, zone('eu')));
    expect(here.incidents()).toHaveLength(1);
  });

  it('an alert that is of no member is for the next rule', () => {
    const here = world(zones, ruleSchema.parse({ id: 'rest', name: 'Rest' }));
    here.receive(0, signal('a', 'firing', 0));
    expect(here.incidents()).toHaveLength(1);
  });

  it('members may be conditions: the first that holds', () => {
    const here = world(named);
    here.receive(0, signal('web api', 'firing', 0), signal('web', 'firing', 5));
    expect(here.incidents()).toEqual([]);
    here.receive(9, signal('my api', 'firing', 9));
    expect(here.incidents()).toHaveLength(1);
  });

  it('a hundred alerts of one member are an incident, too: a slot that counts is bounded', () => {
    const here = world(zones);
    for (let i = 0; i < 99; i++) here.receive(i, signal(`a${i}`, 'firing', i, zone('eu')));
    expect(here.incidents()).toEqual([]);
    for (let i = 99; i < 120; i++) here.receive(i, signal(`a${i}`, 'firing', i, zone('eu')));
    expect(here.incidents()).toHaveLength(1);
    const sizes = [...here.memory.slots.values()].flatMap((slots) =>
      [...slots.values()].map(({ alerts }) => Object.keys(alerts).length),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(101);
  });

  it.each([
    [{ atLeast: 2 }, 'Give either `of`'],
    [
      {
        label: 'a',
        of: [
          { name: 'x', when: 'a="b"' },
          { name: 'y', when: 'a="c"' },
        ],
        atLeast: 2,
      },
      'Give either `of`',
    ],
    [
      {
        of: [
          { name: 'x', when: 'a="b"' },
          { name: 'y', when: 'a="c"' },
        ],
        atLeast: 3,
      },
      '3 of 2 members can never fire',
    ],
    [
      {
        of: [
          { name: 'x', when: 'a="b"' },
          { name: 'x', when: 'a="c"' },
        ],
        atLeast: 2,
      },
      'Two members have one name',
    ],
    [{ label: 'a', atLeast: 1 }, 'from 2 to'],
  ])('%j is refused', (members, words) => {
    const { error } = ruleSchema.safeParse({ id: 'r', name: 'R', conditions: { members } });
    expect(JSON.stringify(error?.issues)).toContain(words);
  });
});
