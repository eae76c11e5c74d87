import type { Quiet } from '../../../shared/alerts/index.ts';
import { type Rule, SHORTEST_GROUPING } from '../../../shared/detection/index.ts';
import { type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import { type Arrival, batches } from '../arrivals.ts';
import { DetectionOnEngine } from '../detection-engine.ts';
import { DetectionMemory, occurrencesIn, outcome } from '../detection-memory.ts';
import { epoch } from '../signals.ts';
import { endsBetween } from '../silences.ts';
import type { Disturbance } from './disturbance.ts';
import type { FaultyQueues } from './faulty-queues.ts';
import type { FaultyTable } from './faulty-table.ts';

const WORKERS = 3;

/** Batches whose messages are so far apart are not taken at once, in milliseconds. */
const TOGETHER = 30_000;

/** So long it is quiet in the end before it is looked once more, in milliseconds: what ends by itself has ended by then. */
const QUIET = 600_000;

/** Where deliveries are played: under these rules, on this table and these queues, with what goes wrong there. */
export interface Stage {
  readonly org: OrganisationId;
  readonly rules: readonly Rule[];
  /** What keeps alerts quiet, from before the first delivery. */
  readonly quiets: readonly Quiet[];
  readonly table: FaultyTable;
  readonly queues: FaultyQueues;
  readonly disturbance: Disturbance;
  /** Whether the signals are also counted; that takes twice as long as all else. */
  readonly isCounted: boolean;
  /** Whether settling begins together with the deliveries after it, and races with them. */
  readonly isSettledLate: boolean;
}

/** From now on this goes wrong on the whole stage. */
export function disturb({ table, queues }: Pick<Stage, 'table' | 'queues'>, what: Disturbance): void {
  table.disturb(what);
  queues.disturb(what);
}

/** Plays arrivals with three workers at once, each taking a batch, as the queue hands them out; then all is quiet. */
export async function playOnEngine(
  { org, rules, quiets, table, queues, disturbance, isSettledLate }: Stage,
  arrivals: readonly Arrival[],
  cuts: readonly number[],
): Promise<DetectionOnEngine> {
  const world = new DetectionOnEngine(org, rules, { disturbance, queues, endpoint: table.endpoint });
  await world.silence(quiets);
  disturb({ table, queues }, disturbance);
  const waiting = [...batches(arrivals, cuts)];
  world.now = epoch;
  let unsettled = epoch;
  while (waiting.length > 0) {
    const start = waiting[0]?.[0]?.at ?? 0;
    const near = waiting.slice(0, WORKERS).filter(([first]) => (first?.at ?? 0) - start < TOGETHER);
    const round = waiting.splice(0, Math.max(1, near.length));
    for (const to of endsBetween(quiets, world.now, start)) await world.lapseBy(to);
    const isQuiet = start - world.now > 10_000;
    // What ended by itself since then did so before, and not at this very moment.
    if (isQuiet) await world.lapseBy(start - 10_000);
    const isRaced = isSettledLate && isInTime(round, unsettled);
    if (isQuiet && !isRaced) await world.settle();
    if (isQuiet) unsettled = world.now;
    world.now = Math.max(...round.flat().map(({ at }) => at));
    unsettled = Math.min(unsettled, ...eventsIn(round));
    const working = round.map((batch) => world.receiveUntilDone(batch.map(({ message }) => message)));
    await Promise.all(isQuiet && isRaced ? [world.settle(), ...working] : working);
  }
  for (const at of timesAfter(quiets, world.now)) {
    world.now = at;
    await world.lapse();
    await world.settle();
  }
  return world;
}

const eventsIn = (round: readonly (readonly Arrival[])[]): readonly number[] =>
  round.flat().flatMap(({ message }) => message.signals.map(({ at }) => at));

/**
 * Whether settling may be as late as these deliveries: when all that they tell is within the shortest grouping time of what is not
 * settled yet. Later than that it is promised to be done, and what is not settled then takes in what no longer belongs to it.
 */
export const isInTime = (round: readonly (readonly Arrival[])[], unsettled: number): boolean =>
  Math.max(...eventsIn(round)) - unsettled <= SHORTEST_GROUPING * SECOND;

/** What the same deliveries come to in memory, each alone and in the order in which they happened. */
export function playInMemory(
  { rules, quiets }: Pick<Stage, 'rules' | 'quiets'>,
  arrivals: readonly Arrival[],
): readonly string[] {
  const world = new DetectionMemory(rules, { quiets });
  let now = epoch;
  for (const { message, at } of arrivals) {
    for (const to of endsBetween(quiets, now, at)) world.lapse(to);
    if (at - now > 10_000) {
      world.lapse(at - 10_000);
      world.settle(at);
    }
    world.lapse(at);
    world.receive([message], at);
    now = at;
  }
  for (const later of timesAfter(quiets, now)) {
    world.lapse(later);
    world.settle(later);
  }
  return [...outcome(world), ...occurrencesIn(world)];
}

/** When it is looked once more after the last delivery: three times when all is quiet, and whenever a silence ends. */
function timesAfter(quiets: readonly Quiet[], now: number): readonly number[] {
  const ends = endsBetween(quiets, now, Number.POSITIVE_INFINITY);
  const last = Math.max(now, ...ends);
  const looks = [1, 2, 3].map((quiet) => last + quiet * QUIET);
  return [...ends, now + QUIET, ...looks].sort((a, b) => a - b);
}
