import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import {
  canaryHome,
  faultsMetric,
  logsNamespace,
  metrics,
  metricsNamespace,
} from '../../shared/wiring/index.ts';
import { type App, startApp } from '../support/app.ts';
import { type StoredTable, storedTable } from '../support/stored-table.ts';

const home = `O#${canaryHome.org}`;

describe('the canary', () => {
  let app: App;
  let stored: StoredTable;
  let broken = false;
  beforeAll(async () => {
    app = await startApp({
      paused: [],
      // As if a release had taken a right from detection: its workers run, and nothing comes of it.
      faults: ({ function: name }) => (broken && name.startsWith('Detect') ? { kind: 'deny' } : undefined),
    });
    stored = storedTable(app.system);
  });
  afterAll(async () => {
    stored.close();
    await app.stop();
  });

  /** The lines in the log of a function that CloudWatch reads as this metric. */
  async function emitted(name: string, metric: string): Promise<readonly object[]> {
    const { id } = app.system.find(`${name}Function`);
    const text = await readFile(join(app.system.data, 'logs', `${id}.log`), 'utf8');
    const lines = text.split('\n').filter((line) => line.includes(`"${metric}":`));
    return lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))) as object);
  }
  const samples = async (name: string, metric: string): Promise<readonly unknown[]> =>
    (await emitted(name, metric)).map((line) => Reflect.get(line, metric));
  const own = async () => (await stored.everything()).filter(({ pk }) => String(pk).startsWith(`${home}#`));

  it('[C7] [C8] becomes an incident on the public way of every other alert, and says each minute how fast', async () => {
    await app.system.clock.fastForward(MINUTE);
    // A start at the turn of a minute has sent its first alert already.
    const isFirst = (await stored.everything()).filter(({ kind }) => kind === 'incident').length < 2;
    expect(await samples('Canary', 'CanaryBecameIncident')).toHaveLength(isFirst ? 0 : 1);
    if (isFirst) await app.system.clock.fastForward(MINUTE);
    const [seconds, ...others] = await samples('Canary', 'CanaryBecameIncident');
    expect(others).toEqual([]);
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(seconds).toBeLessThan(30);
    expect(await samples('Sweep', 'SweepFinished')).toHaveLength(2);
  });

  it('emits its metric under the name and with the dimension that the alarm looks at', async () => {
    const [line] = await emitted('Canary', 'CanaryBecameIncident');
    expect(line).toMatchObject({
      service: 'IncidentManagement',
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: metricsNamespace,
            Dimensions: [['service']],
            Metrics: [{ Name: 'CanaryBecameIncident', Unit: metrics.CanaryBecameIncident }],
          },
        ],
      },
    });
  });

  it('is resolved a minute later, wakes nobody and is in no list of anybody', async () => {
    await app.system.clock.fastForward(MINUTE);
    const incidents = async () => (await own()).filter(({ kind }) => kind === 'incident');
    const isOver = async () => (await incidents()).filter(({ state }) => state === 'resolved').length === 2;
    // An incident is over ten seconds after its alert, and a start at the turn of a minute ends just before that.
    for (let i = 0; i < 3 && !(await isOver()); i++) await app.system.clock.fastForward(5 * SECOND);
    const heads = await incidents();
    expect(heads.map(({ state }) => state).toSorted()).toEqual(['resolved', 'resolved', 'triggered']);
    expect(heads.some((head) => 'next' in head)).toBe(false);
    for (const state of ['open', 'resolved']) expect(await app.incidents(`?state=${state}`)).toEqual([]);
    const { body } = await app.call('GET', '/api/integrations');
    expect(JSON.stringify(body)).not.toContain('anary');
  });

  it('removes all that became of an alert of its own, but for what expires by itself', async () => {
    const lasting = async () => (await own()).filter((item) => !('ttl' in item));
    const [first, ...later] = await stored.items(schema.canaryRun.partition({ org: canaryHome.org }));
    const before = await lasting();
    const ofFirst = before.filter((item) => JSON.stringify(item).includes(`canary-${String(first?.minute)}`));
    expect(ofFirst.length).toBeGreaterThanOrEqual(4);
    const old = (item: object | undefined, field: string) => {
      const at = Number(item && Reflect.get(item, field)) - 41 * MINUTE;
      return putBack({ ...item, [field]: at });
    };
    await old(first, 'postedAt');
    // Its incident is not quiet yet: nothing of it is removed.
    await app.system.clock.fastForward(MINUTE);
    const head = (await lasting()).find(
      (item) => item.kind === 'incident' && ofFirst.some(({ pk }) => pk === item.pk),
    );
    expect(head).toBeDefined();
    await old(head, 'updatedAt');
    const still = await lasting();

    await app.system.clock.fastForward(MINUTE);
    const after = await lasting();
    const partitions = new Set(after.map(({ pk }) => pk));
    expect(ofFirst.filter(({ pk }) => partitions.has(pk))).toEqual([]);
    // Each alert has as many items as the first had, so none of the first are left under another name.
    expect(after.length - still.length).toBeLessThan(before.length / (1 + later.length));

    // A second look finds nothing more, so the run goes too.
    const runs = async () =>
      (await stored.items(schema.canaryRun.partition({ org: canaryHome.org }))).map(({ minute }) => minute);
    expect(await runs()).toContain(first?.minute);
    await app.system.clock.fastForward(MINUTE);
    expect(await runs()).not.toContain(first?.minute);
  });

  it('[C13] [F94] falls silent when alerts are accepted and come to nothing, and sings again afterwards', async () => {
    const heard = async () => (await samples('Canary', 'CanaryBecameIncident')).length;
    broken = true;
    await app.system.clock.fastForward(MINUTE);
    const last = await heard();
    await app.system.clock.fastForward(2 * MINUTE);
    expect(await heard()).toBe(last);
    const [fault] = await emitted('Detect', faultsMetric);
    const CloudWatchMetrics = [{ Namespace: logsNamespace('IncidentManagement'), Dimensions: [[]] }];
    expect(fault).toMatchObject({ message: 'fault', [faultsMetric]: 1, _aws: { CloudWatchMetrics } });
    // What looks at the rest goes on.
    expect(await samples('Sweep', 'SweepFinished')).toHaveLength(9);

    broken = false;
    await app.system.clock.fastForward(2 * MINUTE);
    expect(await heard()).toBeGreaterThan(last);
  });

  /** Puts an item as it is, past the functions. */
  async function putBack(Item: Record<string, unknown>): Promise<void> {
    const credentials = { accessKeyId: 'story', secretAccessKey: 'story' };
    const settings = { region: 'us-east-1', credentials, endpoint: app.system.engines.dynamodb };
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
    const TableName = app.system.all('AWS::DynamoDB::GlobalTable')[0]?.identity.ref;
    await documents.send(new PutCommand({ TableName, Item }));
    documents.destroy();
  }
});
