import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardWrite, loadGuard } from '../../../functions/aws/guards.ts';
import { command } from '../../../functions/aws/incident-log.ts';
import { table } from '../../../functions/aws/table.ts';
import { type Guard, ruleSchema } from '../../../shared/detection/index.ts';
import type { IncidentCommand } from '../../../shared/incidents/index.ts';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { faultsIn } from '../../support/incident-faults.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const actor = { kind: 'person', id: 'per_ada', name: 'Ada' } as const;
const HOUR = 3_600;

let engine: { stop(): Promise<void> };
let worlds = 0;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

/** A world where one incident after another, an hour apart, is over after a minute, but for the last. */
async function hourly(count: number) {
  const world = new DetectionOnEngine(`org_AGAIN${++worlds}`, [byService]);
  for (let i = 0; i < count; i++) {
    world.now = epoch + i * HOUR * 1_000;
    await world.receive([post(signal(`alert-${i}`, 'firing', i * HOUR))]);
    if (i === count - 1) break;
    world.now += 60_000;
    await world.receive([post(signal(`alert-${i}`, 'resolved', i * HOUR + 60))]);
    await world.settle();
  }
  const ids = [...(await world.read()).incidents.values()].sort((a, b) => a.number - b.number);
  return { world, ids: ids.map(({ id }) => id) };
}

const byHand = (world: DetectionOnEngine, id: IncidentId, wanted: IncidentCommand, seen?: number) =>
  command(world.org, id, wanted, { actor, now: world.now, ...(seen !== undefined && { seen }) });

const reopen = (at: number): IncidentCommand => ({ do: 'reopen', reason: 'person', at });
const resolve = (at: number): IncidentCommand => ({ do: 'resolve', reason: 'person', at });

async function states(world: DetectionOnEngine): Promise<readonly string[]> {
  const { incidents } = await world.read();
  return [...incidents.values()].sort((a, b) => a.number - b.number).map(({ state }) => state);
}

describe('an incident that a person reopens', () => {
  it('is refused while another of the same alerts is open, and says which', async () => {
    const { world, ids } = await hourly(2);
    const [first = 'inc_none', second = 'inc_none'] = ids;
    await expect(byHand(world, first, reopen(world.now))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(second),
    });
    expect(await states(world)).toEqual(['resolved', 'triggered']);
    expect(faultsIn(await world.read())).toEqual([]);

    await byHand(world, second, resolve(world.now));
    await byHand(world, first, reopen(world.now));
    expect(await states(world)).toEqual(['triggered', 'resolved']);
    expect(faultsIn(await world.read())).toEqual([]);
  });

  it('leaves those that came after it and are over as they are, and takes the next alert', async () => {
    const { world, ids } = await hourly(3);
    const [first = 'inc_none', , third = 'inc_none'] = ids;
    await byHand(world, third, resolve(world.now));
    world.now += 2 * HOUR * 1_000;
    await byHand(world, first, reopen(world.now));
    world.now += 60_000;
    await world.receive([post(signal('next', 'firing', (world.now - epoch) / 1_000))]);
    expect(await states(world)).toEqual(['triggered', 'resolved', 'resolved']);
    const { incidents, heads } = await world.read();
    expect([...incidents.values()].filter((one) => 'mergedInto' in one)).toEqual([]);
    const told = [...heads.values()].filter(({ memberships: [last] }) => last?.incident === first);
    expect(told).toHaveLength(2);
  });
});

describe('what a person who closes an incident could know', () => {
  it('is asked of the log of that incident, and written to no other window', async () => {
    const { world, ids } = await hourly(2);
    const [first = 'inc_none', second = 'inc_none'] = ids;
    await world.receive([post(signal('more', 'firing', HOUR + 1))]);
    const [guard] = (await world.read()).guards.values();
    if (!guard) throw new Error('There is no guard');
    const both: Guard = {
      ...guard,
      windows: guard.windows.map(({ to: _to, closedAt: _at, closedBy: _by, ...window }) => window),
    };
    await table.transact([guardWrite(world.org, both)]);
    const knew = async (id: IncidentId, seen?: number) =>
      (await loadGuard(world.org, guard.hash, id, seen)).windows.map((window) => window.knew);
    const log = (id: IncidentId) =>
      world.read().then(({ facts }) => facts.filter(({ incidentId }) => incidentId === id).length);
    expect(await knew(first)).toEqual([await log(first), undefined]);
    expect(await knew(second)).toEqual([undefined, await log(second)]);
    expect(await knew(second, 1)).toEqual([undefined, 1]);
    expect(await knew(second, 999)).toEqual([undefined, await log(second)]);
  });

  it('ends where they say that they have read: an alert that joined later opens the incident again', async () => {
    for (const [seen, state] of [
      [2, 'triggered'],
      [undefined, 'resolved'],
    ] as const) {
      const { world, ids } = await hourly(1);
      const [id = 'inc_none'] = ids;
      world.now += 1_000;
      await world.receive([post(signal('later', 'firing', 1))]);
      world.now += 500;
      const { incident } = await byHand(world, id, resolve(world.now), seen);
      world.askAfter(id, incident.generation);
      await world.settle();
      expect(await states(world)).toEqual([state]);
    }
  });
});
