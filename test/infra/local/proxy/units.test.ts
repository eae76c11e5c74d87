import {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Units } from '../../../../infra/local/proxy/call.ts';
import { itemSize } from '../../../../infra/local/proxy/units/item-size.ts';
import { type Watched, watchedTables } from './engines.ts';

let watched: Watched;
beforeAll(async () => {
  watched = await watchedTables();
});
afterAll(() => watched.stop());

const TableName = 'Events';
const key = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const item = (sk: string, bytes: number, more = {}) => ({ ...key(sk), v: { S: 'x'.repeat(bytes) }, ...more });
const put = (sk: string, bytes: number, more = {}) =>
  new PutItemCommand({ TableName, Item: item(sk, bytes, more) });
const ifNew = { ConditionExpression: 'attribute_not_exists(pk)' };

/** The units of one call, which may fail. */
async function unitsOf(command: unknown): Promise<Units | undefined> {
  watched.calls.length = 0;
  await watched.client.send(command as PutItemCommand).catch(() => undefined);
  expect(watched.calls).toHaveLength(1);
  return watched.calls[0]?.units;
}

const reads = (units: number) => ({ reads: units, writes: 0 });
const writes = (units: number) => ({ reads: 0, writes: units });

describe('what a call to DynamoDB costs', () => {
  beforeEach(async () => {
    await watched.client.send(put('small', 10));
    await watched.client.send(put('large', 9_000));
    await watched.client.send(put('indexed', 10, { g: { S: 'g' }, h: { S: 'h' } }));
    await watched.client.send(new DeleteItemCommand({ TableName, Key: key('none') }));
  });

  test('reads: 4 KB each, half of it when eventually consistent, and something for what is not there', async () => {
    const get = (sk: string, ConsistentRead: boolean) =>
      new GetItemCommand({ TableName, Key: key(sk), ConsistentRead });
    expect(await unitsOf(get('small', true))).toEqual(reads(1));
    expect(await unitsOf(get('large', true))).toEqual(reads(3));
    expect(await unitsOf(get('small', false))).toEqual(reads(0.5));
    expect(await unitsOf(get('none', true))).toEqual(reads(1));
    const Keys = ['small', 'large', 'none'].map(key);
    const batch = new BatchGetItemCommand({ RequestItems: { Events: { Keys, ConsistentRead: true } } });
    expect(await unitsOf(batch)).toEqual(reads(5));
  });

  test('queries: the sum of what they pass over, also when they show less', async () => {
    const query = new QueryCommand({
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :p',
      ProjectionExpression: 'sk',
      ExpressionAttributeValues: { ':p': { S: 'p' } },
    });
    expect(await unitsOf(query)).toEqual(reads(3));
  });

  test('writes: 1 KB of the larger of old and new, and what changes in an index', async () => {
    expect(await unitsOf(put('none', 2_500))).toEqual(writes(3));
    expect(await unitsOf(put('large', 10))).toEqual(writes(9));
    expect(await unitsOf(put('none', 10, { g: { S: 'g' }, h: { S: 'h' } }))).toEqual(writes(4));
    expect(await unitsOf(put('indexed', 10, { g: { S: 'g' }, h: { S: 'h' } }))).toEqual(writes(1));
    expect(await unitsOf(put('indexed', 10, { g: { S: 'g' }, h: { S: 'other' } }))).toEqual(writes(3));
    expect(await unitsOf(new DeleteItemCommand({ TableName, Key: key('indexed') }))).toEqual(writes(2));
  });

  test('transactions: twice the write', async () => {
    const TransactItems = [
      { Put: { TableName, Item: item('none', 1_500) } },
      { ConditionCheck: { TableName, Key: key('small'), ConditionExpression: 'attribute_exists(pk)' } },
    ];
    expect(await unitsOf(new TransactWriteItemsCommand({ TransactItems }))).toEqual(writes(6));
  });

  test('conditions that fail: the write that they prevent', async () => {
    const again = new PutItemCommand({ TableName, Item: item('large', 10), ...ifNew });
    expect(await unitsOf(again)).toEqual(writes(9));
    const Put = { TableName, Item: item('large', 10), ...ifNew };
    const TransactItems = [{ Put }, { Put: { TableName, Item: item('none', 1_500) } }];
    expect(await unitsOf(new TransactWriteItemsCommand({ TransactItems }))).toEqual(writes(18 + 4));
    const missing = { ConditionExpression: 'attribute_exists(pk)', UpdateExpression: 'REMOVE v' };
    expect(await unitsOf(new UpdateItemCommand({ TableName, Key: key('none'), ...missing }))).toEqual(
      writes(1),
    );
  });
});

test('the function gets what it asked for, and not what the meter asked for', async () => {
  await watched.client.send(put('asked', 10));
  const ask = (more: object) =>
    watched.client.send(new PutItemCommand({ TableName, Item: item('asked', 10), ...ifNew, ...more }));
  await expect(ask({})).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: undefined });
  const all = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  await expect(ask(all)).rejects.toMatchObject({ Item: item('asked', 10) });
  const got = await watched.client.send(new GetItemCommand({ TableName, Key: key('asked') }));
  expect(got.Item).toEqual(item('asked', 10));
  expect(got.ConsumedCapacity).toBeUndefined();
});

test('property: an item costs as many bytes as its names and texts have', () => {
  const names = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');
  fc.assert(
    fc.property(fc.dictionary(names, fc.string({ unit: 'grapheme' })), (texts) => {
      const plain = Object.entries(texts).reduce((sum, [a, b]) => sum + Buffer.byteLength(a + b), 0);
      const wrapped = Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]));
      expect(itemSize(wrapped)).toBe(plain);
      expect(itemSize({ m: { M: wrapped } })).toBe(1 + 3 + plain + Object.keys(texts).length);
    }),
  );
});
