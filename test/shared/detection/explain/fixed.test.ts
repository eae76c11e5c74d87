import { describe, expect, it } from 'vitest';
import { explainIncident, ruleSchema } from '../../../../shared/detection/index.ts';
import { world } from '../../../support/detection-world.ts';
import { pagingOf, told } from '../../../support/explained.ts';
import { epoch, signal } from '../../../support/signals.ts';

/** The test's epoch is 3:00 UTC, so a window of an hour ends at 3,600. */
const hourly = (more: object = {}) =>
  ruleSchema.parse({ id: 'h', name: 'Hourly', group: { mode: 'fixed', window: 3_600, ...more } });

/** An incident that was over at this second, with what is said of it then, and whether an alert opens it again. */
function overAt(to: number, rule = hourly()) {
  const here = world(rule);
  here.receive(to - 60, signal('a', 'firing', to - 60));
  here.receive(to, signal('a', 'resolved', to));
  here.settle(to + 11);
  const [incident] = here.memory.incidents.values();
  const guard = [...here.memory.guards.values()].find(({ windows }) => windows.length > 0);
  if (!incident || !guard) throw new Error('nothing opened');
  const saidAt = (second: number) =>
    told(
      explainIncident({
        ...{ now: epoch + second * 1_000, incident, facts: [], untold: 0, guard },
        ...{ nameOf: (id) => id, paging: pagingOf(incident) },
      }),
      'next',
    ).slice(1);
  const opensAgain = (name: string, second: number) => {
    here.receive(second, signal(name, 'firing', second));
    return here.memory.incidents.size === 1;
  };
  return { saidAt, opensAgain };
}

describe('what is said of an incident of a fixed window is what happens', () => {
  it('an alert opens it again only before its stretch ends', () => {
    expect(overAt(600).saidAt(700)).toEqual([
      'An alert of its group that fires before 2026-11-23 04:00:00 UTC opens it again; a later one opens a new one.',
      'Its rule has an incident for each 1 h, and its own ends then.',
    ]);
    expect(overAt(600).opensAgain('b', 3_599)).toBe(true);
    expect(overAt(600).opensAgain('b', 3_600)).toBe(false);
  });

  it('after that, only one of its own does that comes back soon', () => {
    const ended = [
      'An alert that fires now opens a new incident: it could come back before 2026-11-23 04:00:00 UTC.',
      'Its rule has an incident for each 1 h, and its own ended then.',
    ];
    const own =
      'One of its own alerts that fires again within 16 min of its end opens it again all the same.';
    expect(overAt(3_060).saidAt(3_700)).toEqual([...ended, own]);
    expect(overAt(3_060).saidAt(4_021)).toEqual(ended);
    expect(overAt(3_060).opensAgain('b', 3_700)).toBe(false);
    expect(overAt(3_060).opensAgain('a', 4_020)).toBe(true);
    expect(overAt(3_060).opensAgain('a', 4_021)).toBe(false);
  });

  it('where it opens again for less long than that, this is what counts', () => {
    const short = hourly({ reopen: 960 });
    expect(overAt(600, short).saidAt(700)).toEqual([
      'An alert of its group that fires until 2026-11-23 03:26:00 UTC opens it again; a later one opens a new one.',
    ]);
    expect(overAt(600, short).opensAgain('b', 1_560)).toBe(true);
    expect(overAt(600, short).opensAgain('b', 1_561)).toBe(false);
  });
});
