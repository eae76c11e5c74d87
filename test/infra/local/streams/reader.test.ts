import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Core } from '../../../../infra/local/core.ts';
import { startTables, type TableEngine } from '../../../../infra/local/engines/dynoxide.ts';
import { type JsonClient, jsonClient } from '../../../../infra/local/engines/json-client.ts';
import { seededShuffle } from '../../../../infra/local/shuffle.ts';
import { openCheckpoints } from '../../../../infra/local/streams/checkpoints.ts';
import { StreamReader } from '../../../../infra/local/streams/reader.ts';
import type { StreamRecord } from '../../../../infra/local/streams/record.ts';
import { fakeWorld } from '../../../support/fake-world.ts';
import { temporaryFolder } from '../../../support/sample-stack/start.ts';

const folder = temporaryFolder();
let tables: TableEngine;
let client: JsonClient;
beforeAll(async () => {
  tables = await startTables(join(folder.path, 'tables'), new Map());
  client = jsonClient(tables.endpoint, 'DynamoDB_20120810', 'us-east-1');
});
afterAll(async () => {
  client.close();
  await tables.stop();
  folder.remove();
});

/** Makes a table and writes each key so many times, in turns. */
async function fill(TableName: string, keys: readonly string[], times: number): Promise<void> {
  await client.call('CreateTable', {
    ...{ TableName, BillingMode: 'PAY_PER_REQUEST' },
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  for (let time = 0; time < times; time++)
    for (const key of keys)
      await client.call('PutItem', { TableName, Item: { pk: { S: key }, time: { N: String(time) } } });
}

const named = ({ dynamodb }: StreamRecord): string => {
  const { pk, time } = dynamodb.NewImage as { pk: { S: string }; time: { N: string } };
  return `${pk.S}${time.N}`;
};

/** Reads to the end with the positions of a file; `invoke` may refuse to go on, as a kill does. */
async function read(table: string, invoke: (batch: readonly string[]) => Promise<void>): Promise<void> {
  const checkpoints = openCheckpoints(join(folder.path, `${table}.json`));
  const world = {
    ...fakeWorld({ engines: { dynamodb: tables.endpoint } }),
    ...{ tables, checkpoints, expired: new Map(), shuffle: seededShuffle(5) },
    functions: {
      async invoke(_: string, { Records }: { Records: readonly StreamRecord[] }) {
        await invoke(Records.map(named));
        return { ok: true, payload: null };
      },
    },
  } as unknown as Core;
  const reader = new StreamReader(
    {
      ...{ id: 'Reader', function: 'F', functionArn: 'F', table, streamArn: 'arn', start: 'TRIM_HORIZON' },
      ...{ batchSize: 6, window: 0, bisect: false, retries: 0, reportsItemFailures: false },
      ...{ filter: () => true, failureDestination: undefined },
    },
    world,
  );
  try {
    while (!(await reader.atEnd()));
  } finally {
    await reader.stop();
    checkpoints.stop();
  }
}

const keys = ['a', 'b', 'c', 'd'];

test('a reader hands on items in any order, and the records of one item in theirs', async () => {
  await fill('Shuffled', keys, 6);
  const seen: string[] = [];
  await read('Shuffled', async (batch) => void seen.push(...batch));
  const written = [0, 1, 2, 3, 4, 5].flatMap((time) => keys.map((key) => `${key}${time}`));
  expect(seen.toSorted()).toEqual(written.toSorted());
  expect(seen).not.toEqual(written);
  for (const key of keys)
    expect(seen.filter((one) => one.startsWith(key))).toEqual(
      [0, 1, 2, 3, 4, 5].map((time) => `${key}${time}`),
    );
});

test('a kill between delivery and checkpoint repeats a batch, and never skips one', async () => {
  await fill('Killed', keys, 6);
  const all = new Set([0, 1, 2, 3, 4, 5].flatMap((time) => keys.map((key) => `${key}${time}`)));
  const batches: (readonly string[])[] = [];
  const killed = new Error('killed');
  for (let kill = 0; kill < 3; kill++) {
    let handed = 0;
    const run = read('Killed', async (batch) => {
      batches.push(batch);
      // The function has done its work; the reader dies before it can note that.
      handed += 1;
      if (handed === 2) throw killed;
    });
    await expect(run).rejects.toBe(killed);
  }
  await read('Killed', async (batch) => void batches.push(batch));
  const often = Map.groupBy(batches.flat(), (one) => one);
  expect(new Set(often.keys())).toEqual(all);
  const repeated = [...often.values()].filter(({ length }) => length > 1);
  expect(repeated).toHaveLength(3 * 6);
});
