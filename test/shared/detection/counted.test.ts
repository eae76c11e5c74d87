import { describe, expect, it } from 'vitest';
import { type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, signal } from '../../support/signals.ts';

const counting = (conditions: object, more: object = {}): Rule =>
  ruleSchema.parse({ id: 'two', name: 'Two', conditions: { threshold: 2, ...conditions }, ...more });

const deleteAll = ({ memory }: ReturnType<typeof world>, at: number) => {
  for (const [id, { deletedAt }] of [...memory.incidents])
    if (deletedAt === undefined) memory.byHand(id, { do: 'delete' }, epoch + at * 1_000);
};
const sizesOf = ({ memory }: ReturnType<typeof world>) =>
  [...memory.slots.values()].flatMap((slots) => slots.map(({ alerts }) => Object.keys(alerts).length));

describe('a group of which a person deleted an incident', () => {
  const day = counting({ timeWindow: 86_400 }, { group: { window: 86_400 } });

  it('counts on: what fires afterwards opens another one, again and again, and no slot grows', () => {
    const here = world(day);
    for (const round of [0, 1, 2, 3]) {
      const at = round * 3_600;
      here.receive(at + 10, signal(`a${round}`, 'firing', at + 10));
      expect(here.incidents()).toHaveLength(round);
      here.receive(at + 20, signal(`b${round}`, 'firing', at + 20));
      expect(here.incidents()).toHaveLength(round + 1);
      deleteAll(here, at + 60);
    }
    expect(Math.max(...sizesOf(here))).toBeLessThanOrEqual(3);
  });

  it('also when they are told again with the beginning that they had', () => {
    const here = world(counting({}));
    here.receive(10, signal('a', 'firing', 10), signal('b', 'firing', 20));
    deleteAll(here, 60);
    here.receive(100, signal('d', 'firing', 100));
    for (const at of [110, 350]) here.receive(at, signal('e', 'firing', 110));
    expect(here.incidents()).toHaveLength(2);
  });

  it('but what was in it counts no more, however often it is told', () => {
    const here = world(day);
    here.receive(10, signal('a', 'firing', 10), signal('b', 'firing', 20));
    deleteAll(here, 60);
    here.receive(300, signal('a', 'firing', 10));
    here.receive(600, signal('d', 'firing', 600));
    expect(here.incidents()).toHaveLength(1);
  });

  it('what fired before and was not known when it was deleted counts', () => {
    const here = world(day);
    here.receive(10, signal('a', 'firing', 10), signal('b', 'firing', 20));
    deleteAll(here, 60);
    here.receive(70, signal('d', 'firing', 50));
    here.receive(71, signal('e', 'firing', 55));
    expect(here.incidents()).toHaveLength(2);
  });
});

describe('low urgency that an earlier rule set for some alerts', () => {
  const nights = ruleSchema.parse({
    ...{ id: 'nights', name: 'Nights', continue: true },
    ...{ conditions: { when: 'env!="prod"' }, actions: { urgency: 'low' } },
  });
  const [dev, prod] = [{ labels: { env: 'dev' } }, { labels: { env: 'prod' } }];

  it('holds for an incident of a rule that counts when all that it counts is of low urgency', () => {
    const here = world(nights, counting({}));
    here.receive(0, signal('a', 'firing', 0, dev));
    here.receive(10, signal('b', 'firing', 10, dev));
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 1']);
    here.receive(20, signal('c', 'firing', 20, prod));
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
  });

  it.each([
    [dev, prod],
    [prod, dev],
  ])('and not when one of them pages, whichever comes first', (first, second) => {
    const here = world(nights, counting({}));
    here.receive(0, signal('a', 'firing', 0, first));
    here.receive(10, signal('b', 'firing', 10, second));
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
  });
});

it('[M13] what counts is that it fired: its resolve may come late, so one that is over by then counts, too', () => {
  const resolve = signal('a', 'resolved', 10);
  const orders = [
    [resolve, signal('b', 'firing', 200)] as const,
    [signal('b', 'firing', 200), resolve] as const,
  ];
  for (const order of orders) {
    const here = world(counting({}));
    here.receive(0, signal('a', 'firing', 0));
    for (const [i, one] of order.entries()) here.receive(200 + i, one);
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
  }
});
