import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replaceConfiguration } from '../../../functions/aws/configuration.ts';
import { heldPage } from '../../../functions/aws/held-alerts.ts';
import { groupsPage } from '../../../functions/aws/muting-groups.ts';
import { emptyConfiguration, placesOtherwise } from '../../../shared/configuration/index.ts';
import { Inhibitions, inhibitionSchema, ruleSchema } from '../../../shared/detection/index.ts';
import { DAY, MINUTE, type OrganisationId, system } from '../../../shared/kernel/index.ts';
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

  it('are looked at once a day while they mute, also when nobody ends them, and leave nothing behind', async () => {
    const org = 'org_MUTEDAYS' as OrganisationId;
    const world = new DetectionOnEngine(org, rules, { inhibitions: new Inhibitions([down]) });
    world.now = epoch + 20_000;
    await world.receive([post(cluster(0))]);
    await world.receive([post(instance('a', 10), instance('b', 11))]);
    const [quiet] = (await groupsPage(org, { limit: 9 })).quiets;
    if (quiet === undefined) throw new Error('a group holds them back');
    for (let day = 1; day <= 20; day++) {
      world.now = epoch + day * DAY - MINUTE;
      await world.receive([post(cluster((day * DAY - MINUTE) / 1_000))]);
      world.now = epoch + day * DAY + MINUTE;
      await world.release();
    }
    const { rows } = await heldPage(org, quiet, { limit: 9 });
    expect(
      rows.map(({ ttl }) => ttl * 1_000 > world.now + 3 * DAY && ttl * 1_000 < world.now + 9 * DAY),
    ).toEqual([true, true]);
    await world.receive([post(signal('b', 'resolved', (20 * DAY) / 1_000))]);
    // Nobody ends the cluster's alert, and it is told no more.
    world.now = epoch + 21 * DAY + MINUTE;
    await world.release();
    expect([...(await world.read()).incidents.values()].map(({ title }) => title)).toContain('a down');
    expect((await heldPage(org, quiet, { limit: 9 })).held).toEqual([]);
    expect((await groupsPage(org, { limit: 9 })).quiets).toEqual([]);
  });

  it('hold nothing back any longer when the configuration drops their inhibition', async () => {
    const org = 'org_UNMUTE' as OrganisationId;
    const muted = new DetectionOnEngine(org, rules, { inhibitions: new Inhibitions([down]) });
    muted.now = epoch + 20_000;
    await muted.receive([post(cluster(0))]);
    await muted.receive([post(instance('a', 10))]);
    const body = {
      ...emptyConfiguration,
      detection: { ...emptyConfiguration.detection, inhibitions: [down] },
    };
    expect(placesOtherwise(body, emptyConfiguration)).toBe(true);
    await replaceConfiguration(org, 0, emptyConfiguration, {
      ...{ actor: system('test'), at: epoch + 60_000, placesOtherwise: true },
    });
    const free = new DetectionOnEngine(org, rules);
    for (const minute of [1, 2, 3, 4]) {
      free.now = epoch + minute * MINUTE;
      await free.release();
    }
    expect([...(await free.read()).incidents.values()].map(({ title }) => title)).toContain('a down');
    expect((await groupsPage(org, { limit: 9 })).quiets).toEqual([]);
  });
});
