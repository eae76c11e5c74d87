import { beforeAll, describe, expect, it } from 'vitest';
import { stormHash, USUAL_STORM_LIMIT } from '../../../shared/detection/index.ts';
import { SECOND } from '../../../shared/kernel/index.ts';
import type { Program } from '../program.ts';
import { fingerprintOf, type Storm, stormy } from './arrivals.ts';
import { countedOf, type Played, percentile, play } from './played.ts';
import { FIRST_WORKERS, stormProgram } from './storm-world.ts';
import type { Written } from './writes.ts';

/** Seconds that a storm lasts. */
const SECONDS = 10;
/** And one of as many POSTs as alerts; `STORM_SECONDS=10` plays it as long as the others. */
const SINGLY = Number(process.env.STORM_SECONDS ?? 3);
const RATE = 10_000;
const BUSIEST = 150;

/** One alert that says each time when it began, as Alertmanager's do. */
const one: Storm = { alerts: SECONDS * RATE, post: 64, different: 1 };
/** The same of a sender that knows no time: each has that of its receipt. */
const moving: Storm = { ...one, isMoving: true };
/** Alerts of one source that all would open an incident of their own. */
const different: Storm = { alerts: 5_000, post: 10, different: 5_000, isApart: true };

let program: Program;
let calm: Played;
beforeAll(async () => {
  program = await stormProgram();
  calm = await play(program);
});

/** Alerts of other sources have their own incidents, and as soon as without the storm, or nearly. */
function expectOthersUnharmed({ delays }: Played): void {
  expect(delays).toHaveLength(calm.delays.length);
  expect(percentile(delays, 0.99)).toBeLessThanOrEqual(2 * percentile(calm.delays, 0.99));
}

/** No partition is written more often than it bears, and no worker failed. */
function expectBearable({ world }: Played): void {
  expect(Math.max(...world.writes.partitions.map(({ writes }) => writes))).toBeLessThanOrEqual(BUSIEST);
  expect([world.faults, world.batches.failed]).toEqual([[], 0]);
}

/** What was written of the alert itself, the guard of its key and its incident. */
function ownOf({ world, incidents }: Played): readonly Written[] {
  const own = incidents.filter(({ service }) => service === 'checkout');
  expect(own).toHaveLength(1);
  const names = [fingerprintOf('storm', 0), ...own.flatMap(({ id, hash }) => [id, hash])];
  return world.writes.items.filter(({ key }) => names.some((name) => key.includes(name)));
}

/** The newest time that the head of the storm's alert knows. */
function newestOf({ world }: Played): number | undefined {
  const heads = [...world.table.items()].filter(({ kind }) => kind === 'alert');
  const own = heads.find(({ fingerprint }) => fingerprint === fingerprintOf('storm', 0));
  return (own?.firings as readonly number[] | undefined)?.at(-1);
}

describe('[F15] 10,000 alerts a second of one fingerprint', { timeout: 240_000 }, () => {
  it.each([
    [64, SECONDS],
    [1, SINGLY],
  ])(
    '%i a POST, for %i s: one incident, an exact count, a write of its own in each second at most, others unharmed',
    async (post, seconds) => {
      const storm = { ...one, post, alerts: seconds * RATE, lasts: seconds * SECOND };
      const played = await play(program, storm);
      const own = ownOf(played);
      expect(Math.max(...own.map(({ done }) => done))).toBe(1);
      // Who heard of it in the same moment as the one who opened the incident tried as well.
      const late = own.filter(({ second, writes, done }) => second > 0 && writes > done);
      expect(late).toEqual([]);
      expect(Math.max(...own.map(({ writes }) => writes))).toBeLessThanOrEqual(2 * FIRST_WORKERS);
      expect(countedOf(played, storm)).toBe(storm.alerts);
      expectBearable(played);
      expectOthersUnharmed(played);
    },
  );

  it('each at a time of its own, for 10 s: the same, once its head has no more room for times', async () => {
    const played = await play(program, moving);
    const own = ownOf(played);
    const [first = [], ...later] = Array.from({ length: SECONDS }, (_, at) =>
      own.filter(({ second }) => second === at).map(({ done }) => done),
    );
    expect(Math.max(...first)).toBeLessThanOrEqual(16);
    expect(Math.max(...later.flat())).toBe(1);
    // What was put off comes back, and the last of it is written.
    expect(Math.max(...own.map(({ second, writes }) => (second < SECONDS ? 0 : writes)))).toBeLessThan(20);
    expect(newestOf(played)).toBe(played.last);
    expect(countedOf(played, moving)).toBe(moving.alerts);
    expectBearable(played);
    expectOthersUnharmed(played);
  });
});

describe('[F16] 5,000 alerts of one source within 10 s, no two alike', { timeout: 240_000 }, () => {
  it.each([10, 1])(
    '%i a POST: beyond the limit they are in one storm incident, each in exactly one, counted exactly, others unharmed',
    async (post) => {
      const played = await play(program, { ...different, post });
      const { incidents, world } = played;
      const storms = incidents.filter(({ hash }) => hash === stormHash(stormy));
      expect(storms).toHaveLength(1);
      const own = incidents.filter(({ service }) => service?.startsWith('stormy-'));
      // Each worker may open a few before it hears of those of the others.
      expect(own.length).toBeGreaterThanOrEqual(USUAL_STORM_LIMIT);
      expect(own.length).toBeLessThanOrEqual(USUAL_STORM_LIMIT + 3 * world.workers);
      const members = [...storms, ...own].flatMap((incident) => [...incident.members]);
      expect(members).toHaveLength(different.alerts);
      expect(new Set(members).size).toBe(different.alerts);
      expect(countedOf(played, different)).toBe(different.alerts);
      expect([world.faults, world.batches.failed]).toEqual([[], 0]);
      expectOthersUnharmed(played);
    },
  );
});
