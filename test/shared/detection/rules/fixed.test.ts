import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/detection/index.ts';
import { world } from '../../../support/detection-world.ts';
import { signal } from '../../../support/signals.ts';

/** The test's epoch is 3:00 UTC, so a window of an hour ends at 3,600. */
const HOUR = 3_600;
const hourly = ruleSchema.parse({ id: 'h', name: 'Hourly', group: { mode: 'fixed', window: HOUR } });
const two = ['triggered P3_MEDIUM generation 1 pages', 'triggered P3_MEDIUM generation 1 pages'];

describe('fixed windows', () => {
  it('alerts of one stretch are one incident, of the next another, although the first goes on', () => {
    const here = world(hourly);
    here.receive(10, signal('a', 'firing', 10), signal('b', 'firing', 3_590));
    here.receive(3_700, signal('c', 'firing', 3_700));
    expect(here.incidents()).toEqual(two);
    here.receive(3_800, signal('c', 'resolved', 3_800));
    here.settle(3_811);
    expect(here.incidents()).toEqual([two[0], 'resolved P3_MEDIUM generation 1']);
  });

  it('an alert that goes on and is repeated after the end of its stretch opens no second incident', () => {
    const here = world(hourly);
    here.receive(3_500, signal('a', 'firing', 3_500));
    for (let at = 3_620; at < 4 * HOUR; at += 600) here.receive(at, signal('a', 'firing', at));
    expect(here.incidents()).toEqual([two[0]]);
  });

  it('nor one that comes back so soon after its end that this could have been told late', () => {
    const here = world(hourly);
    here.receive(3_500, signal('a', 'firing', 3_500));
    here.receive(3_550, signal('a', 'resolved', 3_550));
    here.settle(3_561);
    here.receive(3_700, signal('a', 'firing', 3_700));
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages']);
  });

  it('an alert that began before the stretch ended and is told late takes what it goes on with along', () => {
    const here = world(hourly);
    here.receive(3_620, signal('a', 'firing', 3_620));
    here.receive(3_630, signal('b', 'firing', 3_630));
    here.receive(3_640, signal('a', 'firing', 3_500));
    expect(here.incidents()).toEqual([two[0]]);
  });

  it('inside of its stretch an incident opens again; with `reopen`, only so long after its end', () => {
    const again = (group: object, at: number) => {
      const here = world(
        ruleSchema.parse({ id: 'h', name: 'H', group: { mode: 'fixed', window: HOUR, ...group } }),
      );
      here.receive(0, signal('a', 'firing', 0));
      here.receive(60, signal('a', 'resolved', 60));
      here.settle(71);
      here.receive(at, signal('b', 'firing', at));
      return here.incidents();
    };
    const reopened = ['triggered P3_MEDIUM generation 2 pages'];
    expect(again({}, 3_500)).toEqual(reopened);
    expect(again({ reopen: 960 }, 1_020)).toEqual(reopened);
    expect(again({ reopen: 960 }, 1_021)).toEqual(['resolved P3_MEDIUM generation 1', two[0]]);
  });

  it('a person may reopen an incident of an earlier stretch beside one of a later', () => {
    const here = world(hourly);
    here.receive(0, signal('a', 'firing', 0));
    here.receive(60, signal('a', 'resolved', 60));
    here.settle(71);
    here.receive(3_700, signal('b', 'firing', 3_700));
    const [first] = here.memory.incidents.keys();
    if (!first) throw new Error('there is no incident');
    here.memory.byHand(
      first,
      { do: 'reopen', reason: 'person', at: 0 },
      here.memory.incidents.get(first)?.updatedAt ?? 0,
    );
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages', two[0]]);
  });

  it('cannot be counted over: a sliding window would be cut', () => {
    const { error } = ruleSchema.safeParse({ ...hourly, conditions: { threshold: 3 } });
    expect(error?.issues).toMatchObject([{ path: ['group', 'mode'] }]);
  });
});

describe('[M12] a resolved or merged incident takes no new alerts outside its reopen window', () => {
  const rule = ruleSchema.parse({ id: 'r', name: 'R', group: { window: HOUR, reopen: 960 } });
  const resolved = () => {
    const here = world(rule);
    here.receive(0, signal('a', 'firing', 0));
    here.receive(60, signal('a', 'resolved', 60));
    here.settle(71);
    return here;
  };

  it('inside of it the incident opens again', () => {
    const here = resolved();
    here.receive(1_020, signal('b', 'firing', 1_020));
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages']);
  });

  it('outside of it another opens, although the grouping window is longer', () => {
    const here = resolved();
    here.receive(1_021, signal('b', 'firing', 1_021));
    expect(here.incidents()).toEqual(['resolved P3_MEDIUM generation 1', two[0]]);
  });

  it('what was merged takes none at all: they go to the incident that is left', () => {
    const here = world(rule);
    here.receive(0, signal('a', 'firing', 0));
    here.receive(60, signal('a', 'resolved', 60));
    here.settle(71);
    here.receive(1_800, signal('b', 'firing', 1_800));
    here.receive(1_801, signal('c', 'firing', 950));
    here.receive(1_850, signal('d', 'firing', 1_850));
    const merged = [...here.memory.incidents.values()].find((one) => 'mergedInto' in one);
    expect(merged).toBeDefined();
    expect(here.memory.entries.get(merged?.id ?? 'inc_none')?.length).toBe(1);
    expect(here.incidents()).toHaveLength(2);
  });
});
