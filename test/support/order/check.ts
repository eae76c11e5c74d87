import { deepEqual, equal } from 'node:assert/strict';
import { readCounts } from '../../../functions/aws/counts.ts';
import { readFacts } from '../../../functions/aws/incident-log.ts';
import { countedUntil } from '../../../functions/aws/uncounted.ts';
import { isOpen } from '../../../shared/incidents/index.ts';
import { HOUR, minuteOf } from '../../../shared/kernel/index.ts';
import type { Arrival, TwoOrders } from '../arrivals.ts';
import type { DetectionOnEngine } from '../detection-engine.ts';
import { occurrencesIn, outcome } from '../detection-memory.ts';
import { calm } from './disturbance.ts';
import { disturb, playInMemory, playOnEngine, type Stage } from './play.ts';

/** Plays the late order and throws unless what is stored is what the order in time comes to. */
export async function checkOrder(stage: Stage, { inTime, late, cuts }: TwoOrders): Promise<void> {
  const world = await playOnEngine(stage, late, cuts);
  if (stage.isCounted) await hasExactCounts(stage, world, inTime);
  disturb(stage, calm);
  const found = await world.read();
  deepEqual([...outcome(found), ...occurrencesIn(found)], playInMemory(stage, inTime));
  listsOpen(found);
  // Of a worker that dies before it sends, the fan-out sends the step, which is not part of this.
  if (stage.disturbance === calm) await hasBegunEscalations(world, found);
  await hasWholeLogs(world);
  await world.remove();
}

/** The next step of each incident that nobody has answered is on its way. */
async function hasBegunEscalations(world: DetectionOnEngine, { incidents }: Found): Promise<void> {
  const sent = (await world.escalationsSent()).map((one) => `${one.incident} ${one.generation} ${one.step}`);
  // What is held for longer is sent by the sweep when its time comes near.
  const wanted = [...incidents.values()].flatMap((one) =>
    one.state === 'triggered' && one.next && one.next.dueAt <= world.now
      ? [`${one.id} ${one.generation} ${one.next.step}`]
      : [],
  );
  deepEqual(
    wanted.filter((one) => !sent.includes(one)),
    [],
    'steps that nobody sent',
  );
}

type Found = Awaited<ReturnType<DetectionOnEngine['read']>>;

function listsOpen({ incidents, pointers }: Found): void {
  const open = [...incidents.values()].filter(isOpen).map(({ id }) => id);
  deepEqual(pointers.map(({ id }) => id).sort(), open.sort(), 'the list of open incidents');
}

/** Whoever reads a log closes the numbers of workers that died; then it has no gap, and each control fact is a version. */
async function hasWholeLogs(world: DetectionOnEngine): Promise<void> {
  const now = world.now + HOUR;
  for (const { id } of (await world.read()).incidents.values())
    await readFacts(world.org, id, { limit: 1_000, now });
  const { incidents, facts } = await world.read();
  for (const { id, version } of incidents.values()) {
    const log = facts.filter(({ incidentId }) => incidentId === id).sort((a, b) => a.seq - b.seq);
    deepEqual(
      log.map(({ seq }) => seq),
      log.map((_, i) => i + 1),
      `the numbers of ${id}`,
    );
    equal(log.filter(({ type }) => type.startsWith('incident.')).length, version, `the version of ${id}`);
  }
}

/** The counts are those of the signals that were sent, however often they came and were counted. */
async function hasExactCounts(
  stage: Stage,
  world: DetectionOnEngine,
  inTime: readonly Arrival[],
): Promise<void> {
  const { org } = world;
  world.now += HOUR;
  await world.count();
  await world.sweepCounts();
  await world.count();
  disturb(stage, calm);
  const wanted = Map.groupBy(inTime, ({ message }) => message.signals[0]?.fingerprint ?? '');
  const minutes = inTime.map(({ message }) => minuteOf(message.receivedAt));
  const stretch = {
    minutes: [Math.min(...minutes), Math.max(...minutes)] as const,
    now: world.now,
    until: await countedUntil(org, world.now),
  };
  const counts = await readCounts(org, [...wanted.keys()], stretch);
  deepEqual(
    [...wanted].map(([fingerprint]) => counts?.get(fingerprint)?.received),
    [...wanted].map(([, sent]) => sent.length),
    'signals of each alert',
  );
}
