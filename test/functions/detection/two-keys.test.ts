import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../../../functions/aws/incident-log.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const byTitle = ruleSchema.parse({ id: 'title', name: 'By title', group: { by: ['title'] } });
const actor = { kind: 'person', id: 'per_ada', name: 'Ada' } as const;

let engine: { stop(): Promise<void> };

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

describe('an alert that comes under two keys in one batch', () => {
  it('has a number in both logs when it is repeated, and stays quiet in both when people have resolved them', async () => {
    const world = new DetectionOnEngine('org_TWOKEYS', [byTitle]);
    world.now = epoch + 5_000;
    const batch = [
      post(signal('disk', 'firing', 0, { title: 'Disk at 90 %' })),
      post(signal('disk', 'firing', 1, { title: 'Disk at 95 %' })),
    ];
    await world.receive(batch);
    expect((await world.read()).incidents.size).toBe(2);
    world.now += 60_000;
    await world.receive(batch);
    const { heads, incidents, facts } = await world.read();
    const [head] = heads.values();
    for (const { incident, seq } of head?.memberships ?? [])
      expect(facts.find((fact) => fact.incidentId === incident && fact.seq === seq)?.type).toBe(
        'alerts.changed',
      );

    const written = facts.length;
    await world.receive(batch);
    expect((await world.read()).facts).toHaveLength(written);
    for (const id of incidents.keys())
      await command(
        world.org,
        id,
        { do: 'resolve', reason: 'person', at: world.now },
        { actor, now: world.now },
      );
    world.now += 4 * 3_600_000;
    await world.receive(batch);
    expect([...(await world.read()).incidents.values()].map(({ state }) => state)).toEqual([
      'resolved',
      'resolved',
    ]);
  });
});
