import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inhibitions, inhibitionSchema, ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const rules = [ruleSchema.parse({ id: 'title', name: 'By title', group: { by: ['title'] } })];
const down = inhibitionSchema.parse({
  id: 'down',
  source: 'alertname="ClusterDown"',
  target: 'alertname="InstanceDown"',
  equal: ['cluster'],
});

let engine: { stop(): Promise<void> };

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const labels = (alertname: string) => ({ alertname, cluster: 'eu' });
const cluster = (at: number) =>
  signal('cluster', 'firing', at, { title: 'Cluster down', labels: labels('ClusterDown') });
const instance = (name: string, at: number) =>
  signal(name, 'firing', at, { title: `${name} down`, labels: labels('InstanceDown') });

describe('alerts that mute others, on the table', () => {
  it('hold them back, 60 of them, and let go those that fire on a minute after they end', async () => {
    const world = new DetectionOnEngine('org_MUTE', rules, { inhibitions: new Inhibitions([down]) });
    const titles = async () =>
      [...(await world.read()).incidents.values()].map(({ title }) => title).toSorted();
    world.now = epoch + 20_000;
    await world.receive([post(cluster(0))]);
    const names = Array.from({ length: 60 }, (_, i) => `i${String(i).padStart(2, '0')}`);
    await world.receive([post(...names.map((name) => instance(name, 10)))]);
    expect(await titles()).toEqual(['Cluster down']);
    world.now = epoch + 600_000;
    await world.receive([post(signal('cluster', 'resolved', 600))]);
    world.now = epoch + 640_000;
    await world.receive([post(...names.slice(2).map((name) => signal(name, 'resolved', 630)))]);
    world.now = epoch + 662_000;
    await world.release();
    expect(await titles()).toEqual(['Cluster down', 'i00 down', 'i01 down']);
  });

  it('two workers that hear of two sources at once forget neither', async () => {
    const world = new DetectionOnEngine('org_MUTERS', rules, { inhibitions: new Inhibitions([down]) });
    const other = signal('other', 'firing', 5, {
      title: 'Other cluster down',
      labels: labels('ClusterDown'),
    });
    world.now = epoch + 20_000;
    await Promise.all([world.receive([post(cluster(0))]), world.receive([post(other)])]);
    world.now = epoch + 100_000;
    await world.receive([post(signal('cluster', 'resolved', 90))]);
    await world.receive([post(instance('late', 95))]);
    expect((await world.read()).incidents.size).toBe(2);
  });
});
