import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOpen } from '../../../functions/aws/incident-lists.ts';
import { command } from '../../../functions/aws/incident-log.ts';
import { recordRoom } from '../../../functions/aws/room-log.ts';
import { ruleSchema, SHORTEST_GROUPING } from '../../../shared/detection/index.ts';
import type { Incident } from '../../../shared/incidents/index.ts';
import { Refusal } from '../../../shared/kernel/index.ts';
import { batches, type TwoOrders, twoOrders } from '../../support/arrivals.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { DetectionMemory, occurrencesIn } from '../../support/detection-memory.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { faultsIn } from '../../support/incident-faults.ts';
import { epoch } from '../../support/signals.ts';

/** `DETECTION_RUNS=300 vitest run test/functions/detection` looks longer than there is time for each day. */
const RUNS = Number(process.env.DETECTION_RUNS ?? 30);
const WORKERS = 3;

/** As short as may be, so that one group has several incidents. */
const rules = [ruleSchema.parse({ id: 'group', name: 'By service', group: { window: SHORTEST_GROUPING } })];
const ada = { kind: 'person', id: 'per_ada', name: 'Ada' } as const;

/** What a person does to one of the incidents that are open then, or reopens of those that one resolved; in seconds after the beginning. */
interface Act {
  readonly at: number;
  readonly what: 'acknowledge' | 'resolve' | 'note' | 'delete' | 'reopen';
  readonly which: number;
}

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 3_240 }),
    what: fc.constantFrom('acknowledge', 'resolve', 'resolve', 'note', 'delete', 'reopen', 'reopen'),
    which: fc.nat({ max: 3 }),
  }),
  { minLength: 1, maxLength: 16 },
);

const isResolved = (incident: Incident): boolean =>
  incident.state === 'resolved' && incident.deletedAt === undefined;

let engine: { stop(): Promise<void> };
let runs = 0;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

/** The incidents that people can choose from. */
interface Choice {
  readonly open: readonly Incident[];
  readonly resolved: readonly Incident[];
}

async function act(world: DetectionOnEngine, choice: Choice, { what, which }: Act): Promise<void> {
  const some = what === 'reopen' ? choice.resolved : choice.open;
  const incident = some[which % Math.max(1, some.length)];
  if (!incident) return;
  try {
    await answer(world, incident, what);
  } catch (fault) {
    // What another person ended meanwhile cannot be acknowledged any more; what has a successor cannot be reopened.
    if (!(fault instanceof Refusal) || fault.code !== 'conflict') throw fault;
  }
}

async function answer(world: DetectionOnEngine, { id }: Incident, what: Act['what']): Promise<void> {
  const { org, now } = world;
  const recording = { actor: ada, now };
  if (what === 'note')
    await recordRoom(org, id, { type: 'incident.noted', occurredAt: now, data: { text: 'x' } }, recording);
  else if (what === 'resolve') {
    const resolve = { do: 'resolve', reason: 'person', at: now } as const;
    const { incident, facts } = await command(org, id, resolve, recording);
    if (facts.length > 0) world.askAfter(id, incident.generation);
  } else if (what === 'reopen') {
    await command(org, id, { do: 'reopen', reason: 'person', at: now }, recording);
  } else await command(org, id, { do: what }, recording);
}

/** So long it is quiet before it is looked once more: what ends by itself has ended by then. */
const QUIET = 600_000;

/** Three workers, people, and the questions whether an incident is over, all at once in each round. */
async function play({ late, cuts }: TwoOrders, people: readonly Act[]): Promise<DetectionOnEngine> {
  const world = new DetectionOnEngine(`org_PEOPLE${++runs}`, rules);
  const waiting = [...batches(late, cuts)];
  const planned = [...people].sort((a, b) => a.at - b.at);
  while (waiting.length > 0 || planned.length > 0) {
    const round = waiting.splice(0, WORKERS);
    world.now = Math.max(world.now, epoch, ...round.flat().map(({ at }) => at));
    const isLast = waiting.length === 0;
    const due = planned.filter(({ at }) => isLast || epoch + at * 1_000 <= world.now);
    planned.splice(0, due.length);
    // Read before, so that people and workers begin at the same moment.
    const open = await listOpen(world.org);
    const resolved = [...(await world.read()).incidents.values()].filter(isResolved);
    await Promise.all([
      ...round.map((batch) => world.receive(batch.map(({ message }) => message))),
      ...due.map((each) => act(world, { open, resolved }, each)),
      world.settle(),
      world.lapse(),
    ]);
  }
  for (let quiet = 0; quiet < 3; quiet++) {
    world.now += QUIET;
    await world.lapse();
    await world.settle();
  }
  return world;
}

function occurrencesInMemory({ inTime }: TwoOrders): readonly string[] {
  const world = new DetectionMemory(rules);
  for (const { message, at } of inTime) world.receive([message], at);
  world.lapse((inTime.at(-1)?.at ?? 0) + 3 * QUIET);
  return occurrencesIn(world);
}

describe('deliveries, people and settling beside each other on the table engine', () => {
  it(
    '[F21] [F23] [F36] leave whole logs, one open window, and no alert that fires in an incident that is closed, unless a person closed it and could know of it',
    async () => {
      await fc.assert(
        fc.asyncProperty(twoOrders, acts, async (orders, people) => {
          const found = await (await play(orders, people)).read();
          expect(faultsIn(found)).toEqual([]);
          expect(occurrencesIn(found)).toEqual(occurrencesInMemory(orders));
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    60_000 + RUNS * 2_000,
  );
});
