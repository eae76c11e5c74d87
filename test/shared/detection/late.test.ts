import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Guard,
  isActive,
  isOpenWindow,
  LATEST,
  overlapping,
  ruleSchema,
} from '../../../shared/detection/index.ts';
import { isOpen } from '../../../shared/incidents/index.ts';
import { keptOf } from '../../support/detection-memory.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, signal } from '../../support/signals.ts';

/** The same 1,000 each day; `DETECTION_RUNS=10000 vitest run test/shared/detection` looks for others. */
const RUNS = Number(process.env.DETECTION_RUNS ?? 1_000);
const looks = process.env.DETECTION_RUNS === undefined ? { numRuns: RUNS, seed: 1 } : { numRuns: RUNS };

const HOUR = 3_600;
const resolved = 'resolved P3_MEDIUM generation 1';
const paged = 'triggered P3_MEDIUM generation 1 pages';

type World = ReturnType<typeof world>;

/** One incident each hour, over after a minute. */
function hourly({ receive, settle }: World, count: number): void {
  for (let i = 1; i <= count; i++) {
    receive(i * HOUR, signal(`hourly-${i}`, 'firing', i * HOUR));
    receive(i * HOUR + 60, signal(`hourly-${i}`, 'resolved', i * HOUR + 60));
    settle(i * HOUR + 80);
  }
}

const guardOf = ({ memory }: World): Guard | undefined => [...memory.guards.values()][0];

describe('what a person ended long ago', () => {
  for (const [name, wanted] of [
    ['resolved', { do: 'resolve', reason: 'person', at: epoch + 60_000 }],
    ['deleted', { do: 'delete' }],
  ] as const) {
    it(`and ${name} stays so for a repeat, also when its window is forgotten, and whatever is open then`, () => {
      for (let count = 1; count <= 8; count++) {
        const all = world();
        all.receive(0, signal('known', 'firing', 0));
        const [id = 'inc_none'] = all.memory.incidents.keys();
        all.memory.byHand(id, wanted, epoch + 60_000);
        hourly(all, count);
        const before = all.incidents();
        const repeat = all.receive(count * HOUR + 1_800, signal('known', 'firing', 0));
        expect(all.incidents()).toEqual(before);
        expect(repeat.keys).toEqual([]);

        all.receive((count + 1) * HOUR, signal('other', 'firing', (count + 1) * HOUR));
        const open = all.incidents();
        expect(open).toEqual([...before, paged]);
        expect(all.receive((count + 1) * HOUR + 5, signal('known', 'firing', 0)).keys).toEqual([]);
        expect(all.incidents()).toEqual(open);
      }
    });
  }

  it('does not keep a new firing of its alert quiet', () => {
    const all = world();
    all.receive(0, signal('known', 'firing', 0));
    const [id = 'inc_none'] = all.memory.incidents.keys();
    all.memory.byHand(id, { do: 'resolve', reason: 'person', at: epoch + 60_000 }, epoch + 60_000);
    hourly(all, 7);
    all.receive(9 * HOUR, signal('known', 'firing', 9 * HOUR));
    expect(all.incidents().at(-1)).toBe(paged);
  });
});

describe('an alert that goes on and is heard of hours late', () => {
  it('opens an incident that tells its true time, and leaves what is over as it is', () => {
    for (const began of [0, HOUR + 30, 3 * HOUR, 4 * HOUR + 1_800]) {
      const all = world();
      hourly(all, 5);
      all.receive(6 * HOUR, signal('old', 'firing', began));
      expect(all.incidents()).toEqual([...Array.from({ length: 5 }, () => resolved), paged]);
      expect([...all.memory.incidents.values()].at(-1)?.openedAt).toBe(epoch + began * 1_000);
      expect(guardOf(all)?.windows).toHaveLength(6);
      all.receive(6 * HOUR + 60, signal('old', 'resolved', 6 * HOUR + 50));
      all.settle(6 * HOUR + 80);
      expect(all.incidents()).toEqual(Array.from({ length: 6 }, () => resolved));
    }
  });

  it('joins the open incident, which ends with it', () => {
    const all = world();
    hourly(all, 3);
    all.receive(4 * HOUR, signal('new', 'firing', 4 * HOUR));
    all.receive(4 * HOUR + 5, signal('old', 'firing', HOUR + 5));
    const over = [resolved, resolved, resolved];
    expect(all.incidents()).toEqual([...over, paged]);
    all.receive(4 * HOUR + 60, signal('new', 'resolved', 4 * HOUR + 60));
    all.settle(4 * HOUR + 80);
    expect(all.incidents()).toEqual([...over, paged]);
    all.receive(5 * HOUR, signal('old', 'resolved', 5 * HOUR));
    all.settle(5 * HOUR + 20);
    expect(all.incidents()).toEqual([...over, resolved]);
  });

  it('opens the last incident again when that ended just now', () => {
    const all = world();
    hourly(all, 3);
    all.receive(3 * HOUR + 600, signal('old', 'firing', HOUR));
    expect(all.incidents()).toEqual([resolved, resolved, 'triggered P3_MEDIUM generation 2 pages']);
  });

  it('stays quiet when a person ended its incident, and when it has been repeated once', () => {
    const all = world();
    hourly(all, 3);
    all.receive(5 * HOUR, signal('old', 'firing', 0));
    expect(all.receive(6 * HOUR, signal('old', 'firing', 0)).keys).toEqual([]);
    const id = [...all.memory.incidents.keys()].at(-1) ?? 'inc_none';
    const now = epoch + 6 * HOUR * 1_000;
    all.memory.byHand(id, { do: 'resolve', reason: 'person', at: now }, now);
    expect(all.receive(7 * HOUR, signal('old', 'firing', 0)).keys).toEqual([]);
    expect(all.incidents()).toEqual([resolved, resolved, resolved, resolved]);
  });

  it('and was counted by a threshold rule opens one incident, once', () => {
    const three = ruleSchema.parse({ id: 'three', name: 'Three', conditions: { threshold: 3 } });
    const all = world(three);
    all.receive(5 * HOUR, ...['a', 'b', 'c'].map((name) => signal(name, 'firing', 0)));
    all.receive(9 * HOUR, signal('a', 'resolved', 9 * HOUR));
    all.receive(9 * HOUR, signal('d', 'firing', HOUR), signal('d', 'resolved', HOUR + 60));
    expect(all.incidents()).toEqual([paged]);
  });
});

describe('alerts that reach a threshold late, beside an incident that is open', () => {
  it('join it when one of them goes on, instead of taking it into an incident of their own', () => {
    const two = ruleSchema.parse({ id: 'two', name: 'Two', conditions: { threshold: 2, timeWindow: 1_200 } });
    const all = world(two);
    all.receive(0, signal('waits', 'firing', 0), signal('over', 'resolved', 0));
    all.receive(1_201, signal('a', 'firing', 1_201), signal('b', 'firing', 1_201));
    all.receive(3_362, signal('over', 'firing', 0));
    expect(all.incidents()).toEqual([paged]);
  });
});

describe('an alert that is heard of late and goes on', () => {
  it('opens the last incident again until its resolve comes, also when that is from before the incident', () => {
    const all = world();
    all.receive(HOUR, signal('one', 'firing', HOUR));
    all.receive(HOUR + 300, signal('one', 'resolved', HOUR + 300));
    all.settle(HOUR + 320);
    all.receive(HOUR + 400, signal('late', 'firing', HOUR / 2));
    expect(all.incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages']);
    all.receive(HOUR + 460, signal('late', 'resolved', HOUR - 900));
    all.settle(HOUR + 480);
    expect(all.incidents()).toEqual(['resolved P3_MEDIUM generation 2']);
  });
});

describe('an alert that is heard of hours late and opens an incident of its own', () => {
  it('ends it by a resolve from before the window that was left for it', () => {
    const all = world();
    all.receive(HOUR, signal('one', 'firing', HOUR), signal('one', 'resolved', HOUR));
    all.receive(HOUR + 1_201, signal('late', 'firing', 0));
    expect(all.incidents()).toEqual([resolved, paged]);
    all.receive(HOUR + 1_202, signal('late', 'resolved', 60));
    all.settle(HOUR + 1_222);
    expect(all.incidents()).toEqual([resolved, resolved]);
  });
});

describe('an alert that came late into an open incident and is over in an earlier one', () => {
  it('keeps neither open after its last resolve', () => {
    const all = world();
    all.receive(0, signal('one', 'firing', 0));
    all.receive(600, signal('one', 'resolved', 600));
    all.settle(620);
    all.receive(3 * HOUR, signal('two', 'firing', 3 * HOUR));
    all.receive(3 * HOUR + 5, signal('late', 'firing', 300));
    all.receive(3 * HOUR + 6, signal('late', 'firing', 100), signal('late', 'resolved', 200));
    all.receive(3 * HOUR + 7, signal('two', 'resolved', 3 * HOUR + 7));
    all.settle(3 * HOUR + 30);
    all.receive(3 * HOUR + 60, signal('late', 'resolved', 400));
    all.settle(3 * HOUR + 90);
    expect(new Set(all.incidents().map((one) => one.split(' ')[0]))).toEqual(new Set(['resolved']));
  });
});

describe('an incident that a person opened again', () => {
  it('is not closed by a repeated resolve from before it', () => {
    const all = world();
    all.receive(0, signal('one', 'firing', 0), signal('one', 'resolved', 0));
    const [first = 'inc_none'] = all.memory.incidents.keys();
    all.receive(HOUR, signal('two', 'firing', HOUR), signal('two', 'resolved', HOUR));
    const at = epoch + (HOUR + 60) * 1_000;
    all.memory.byHand(first, { do: 'reopen', reason: 'person', at }, at);
    all.receive(HOUR + 120, signal('one', 'resolved', 0));
    all.settle(HOUR + 140);
    expect(all.incidents()[0]).toMatch(/^triggered/);
  });
});

describe('a repeated resolve of an alert that fired again and was heard of late', () => {
  it('opens no incident beside the one that is open', () => {
    const all = world();
    all.receive(0, signal('again', 'firing', 0), signal('again', 'resolved', 0));
    all.receive(1_201, signal('other', 'firing', 1_201));
    all.receive(1_202, signal('again', 'firing', 1), signal('again', 'resolved', 0));
    all.settle(1_222);
    expect(all.incidents()).toEqual([resolved, paged]);
  });
});

describe('an alert that is over and is heard of hours late', () => {
  it('leaves other incidents as they are, however long it lasted', () => {
    for (const [from, to] of [
      [0, 5 * HOUR],
      [HOUR + 10, 3 * HOUR],
      [2 * HOUR - 600, 2 * HOUR + 900],
      [HOUR / 2 + 600, HOUR / 2 + 700],
    ] as const) {
      const all = world();
      hourly(all, 4);
      all.receive(6 * HOUR, signal('old', 'firing', from), signal('old', 'resolved', to));
      all.settle(6 * HOUR + 20);
      expect(new Set(all.incidents())).toEqual(new Set([resolved]));
    }
  });
});

describe('deliveries that are late by any time', () => {
  const event = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    state: fc.constantFrom('firing', 'firing', 'resolved'),
    at: fc.integer({ min: 0, max: 12 * HOUR }),
    delay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 8 * HOUR })),
    /** How long a firing lasted that comes together with its resolve. */
    lasted: fc.constantFrom(undefined, undefined, 0, 300, HOUR),
  });

  for (const threshold of [1, 2])
    it(
      `leave windows that are apart, merge none that began long ago, and leave nobody untold of what goes on (threshold ${threshold})`,
      () => {
        const rule = ruleSchema.parse({
          id: 'rule',
          name: 'Rule',
          conditions: { threshold, timeWindow: 1_200 },
        });
        // A window that the threshold opens begins with the first firing that was counted.
        const slack = threshold === 1 ? 0 : 1_200_000;
        fc.assert(
          fc.property(fc.array(event, { minLength: 1, maxLength: 24 }), (events) => {
            const all = world(rule);
            for (const { name, state, at, delay, lasted = delay + 1 } of [...events].sort(
              (a, b) => a.at + a.delay - b.at - b.delay,
            )) {
              const known = guardOf(all)?.windows ?? [];
              const over =
                state === 'firing' && lasted <= delay ? [signal(name, 'resolved', at + lasted)] : [];
              all.receive(at + delay, signal(name, state, at), ...over);
              const gone = known.filter(
                ({ incident }) => keptOf(all.memory.incidents, incident) !== incident,
              );
              for (const { from } of gone)
                expect(from).toBeGreaterThanOrEqual(epoch + (at + delay) * 1_000 - LATEST - slack);
              all.settle(at + delay + 20);
              const guard = guardOf(all);
              expect(guard && overlapping(guard)).toBeUndefined();
              expect(guard?.windows.filter(isOpenWindow).length ?? 0).toBeLessThanOrEqual(1);
            }
            const { heads, incidents } = all.memory;
            const active = [...heads.values()].filter(isActive);
            const untold = active.filter(({ memberships }) =>
              memberships.every(
                ({ incident }) => incidents.get(keptOf(incidents, incident))?.state === 'resolved',
              ),
            );
            // Below a threshold nobody is told.
            if (threshold === 1) expect(untold).toEqual([]);
            if (active.length === 0) expect([...incidents.values()].filter(isOpen)).toEqual([]);
          }),
          looks,
        );
      },
      30_000 + RUNS * 10,
    );
});
