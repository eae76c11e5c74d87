import {
  BatchGetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { client, tableName } from '../../../functions/aws/dynamodb/client.ts';
import { table } from '../../../functions/aws/table.ts';
import { freshPartition } from './partition.ts';

const KB = 1024;
const TableName = () => ({ TableName: tableName() });
const isPartition = (pk: string) => ({
  KeyConditionExpression: '#0 = :0',
  ExpressionAttributeNames: { '#0': 'pk' },
  ExpressionAttributeValues: { ':0': pk },
});

/** What the table refuses, and how it divides what it gives: where an engine that is kinder would hide a fault of ours. */
export function limitContract(): void {
  describe('what is stored', () => {
    it('is at most 400 KB an item', async () => {
      const key = { pk: freshPartition(), sk: 'A' };
      expect(await table.putNew({ ...key, text: 'x'.repeat(399 * KB) })).toBe(true);
      await expect(table.put({ ...key, text: 'x'.repeat(400 * KB) })).rejects.toThrow('size');
      const more = table.update(key, { set: { more: 'y'.repeat(2 * KB) } });
      await expect(more).rejects.toThrow('size');
    });

    it('has no empty key, no empty set and no number that is none', async () => {
      const key = { pk: freshPartition(), sk: 'A' };
      await expect(table.put({ ...key, sk: '' })).rejects.toThrow('empty');
      await expect(table.get({ ...key, pk: '' })).rejects.toThrow('empty');
      await expect(table.put({ ...key, gsi1pk: '', gsi1sk: 'x' })).rejects.toThrow();
      await expect(table.put({ ...key, gsi1pk: 5, gsi1sk: 'x' })).rejects.toThrow();
      await expect(table.put({ ...key, members: new Set() })).rejects.toThrow('non-empty');
      await expect(table.put({ ...key, n: Number.NaN })).rejects.toThrow('NaN');
      expect(await table.get(key)).toBeUndefined();
    });

    it('is a copy: what a caller changes later is not stored', async () => {
      const key = { pk: freshPartition(), sk: 'A' };
      const item = { ...key, list: [{ n: 1 }] };
      await table.put(item);
      item.list.push({ n: 2 });
      const read = await table.get<typeof item>(key);
      expect(read?.list).toEqual([{ n: 1 }]);
      read?.list.push({ n: 3 });
      expect(await table.get(key)).toEqual({ ...key, list: [{ n: 1 }] });
    });

    it('is in the order of UTF-8', async () => {
      const pk = freshPartition();
      const sorts = ['A', 'B', 'a', '~', 'é', '\uFFFD', '\u{1F525}'];
      for (const sk of sorts.toReversed()) await table.put({ pk, sk });
      expect((await table.query({ partition: pk })).items.map(({ sk }) => sk)).toEqual(sorts);
    });
  });

  describe('an update', () => {
    it('of the key, or with an alias that nothing uses, is refused', async () => {
      const Key = { pk: freshPartition(), sk: 'A' };
      const names = { ExpressionAttributeNames: { '#0': 'pk' }, ExpressionAttributeValues: { ':0': 'x' } };
      const ofKey = { ...TableName(), Key, ...names, UpdateExpression: 'SET #0 = :0' };
      await expect(client.send(new UpdateCommand(ofKey))).rejects.toThrow('part of the key');
      const unused = { ...TableName(), Item: Key, ExpressionAttributeNames: { '#0': 'pk' } };
      await expect(client.send(new PutCommand(unused))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });

    it('adds to what is missing, and to nothing of another type', async () => {
      const key = { pk: freshPartition(), sk: 'A' };
      const add = { n: 3, members: new Set(['a']) };
      expect(await table.update(key, { add })).toEqual({ ...key, ...add });
      await expect(table.update(key, { add: { members: 1 } })).rejects.toThrow('incorrect data type');
      await expect(table.update(key, { add: { n: new Set(['a']) } })).rejects.toThrow('incorrect data type');
      expect(await table.get(key)).toEqual({ ...key, ...add });
    });

    it('takes an item without the attribute for unequal, but neither below nor above', async () => {
      const holds = async (test: object) => {
        const key = { pk: freshPartition(), sk: 'A' };
        return (
          (await table.update(key, { set: { done: true }, if: { n: test as { is: number } } })) !== undefined
        );
      };
      expect(await holds({ not: 1 })).toBe(true);
      for (const test of [
        { is: 1 },
        { below: 1 },
        { atLeast: 1 },
        { has: 'a' },
        { fewerThan: 1 },
        { exists: true },
      ]) {
        expect(await holds(test)).toBe(false);
      }
      expect(await holds({ exists: false })).toBe(true);
    });

    it('takes a text for neither below nor above a number', async () => {
      const key = { pk: freshPartition(), sk: 'A' };
      await table.put({ ...key, n: '5' });
      expect(await table.update(key, { set: { done: true }, if: { n: { below: 9 } } })).toBeUndefined();
      expect(await table.update(key, { set: { done: true }, if: { n: { is: 5 } } })).toBeUndefined();
    });
  });

  describe('a page', () => {
    it('ends at 1 MB, and says where', async () => {
      const pk = freshPartition();
      const text = 'x'.repeat(300 * KB);
      for (const sk of ['1', '2', '3', '4', '5']) await table.put({ pk, sk, text });
      const first = await client.send(new QueryCommand({ ...TableName(), ...isPartition(pk) }));
      const count = first.Items?.length ?? 0;
      expect([3, 4]).toContain(count);
      expect(first.LastEvaluatedKey).toEqual({ pk, sk: String(count) });
    });

    it('has the bound itself only where it is asked for', async () => {
      const pk = freshPartition();
      for (const sk of ['1', '2', '3']) await table.put({ pk, sk });
      const sorts = async (range: string) => {
        const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = isPartition(pk);
        const query = new QueryCommand({
          ...TableName(),
          KeyConditionExpression: `#0 = :0 AND ${range}`,
          ExpressionAttributeNames: { ...names, '#1': 'sk' },
          ExpressionAttributeValues: { ...values, ':1': '2' },
        });
        return (await client.send(query)).Items?.map(({ sk }) => sk).join('');
      };
      const found = await Promise.all(['>', '>=', '=', '<=', '<'].map((sign) => sorts(`#1 ${sign} :1`)));
      expect(found).toEqual(['3', '23', '2', '12', '1']);
    });

    it('of an index with keys only has these, and the item is gone from it with its attribute', async () => {
      const key = { pk: freshPartition(), sk: 'HEAD' };
      const gsi2pk = freshPartition();
      const entry = { ...key, gsi2pk, gsi2sk: '1' };
      const rows = async () => (await table.query({ partition: gsi2pk, index: 'gsi2' })).items;
      await table.put({ ...entry, title: 'x' });
      await vi.waitFor(async () => expect(await rows()).toEqual([entry]));
      await table.update(key, { unset: ['gsi2pk'] });
      await vi.waitFor(async () => expect(await rows()).toEqual([]));
    });

    it('of an index is never consistent, and its bounds are in order', async () => {
      const consistent = table.query({ partition: 'x', index: 'gsi1', consistent: true });
      expect((await consistent).items).toEqual([]);
      const asked = { ...TableName(), ...isPartition('x'), IndexName: 'gsi1', ConsistentRead: true };
      const names = { ExpressionAttributeNames: { '#0': 'gsi1pk' } };
      await expect(client.send(new QueryCommand({ ...asked, ...names }))).rejects.toThrow('onsistent');
      await expect(table.query({ partition: 'x', from: 'b', to: 'a' })).rejects.toThrow('BETWEEN');
    });
  });

  describe('a batch', () => {
    it('has at most 100 keys, each once', async () => {
      const pk = freshPartition();
      const get = (Keys: object[]) =>
        client.send(new BatchGetCommand({ RequestItems: { [tableName()]: { Keys } } }));
      await expect(get(Array.from({ length: 101 }, (_, n) => ({ pk, sk: `${n}` })))).rejects.toThrow();
      await expect(
        get([
          { pk, sk: '1' },
          { pk, sk: '1' },
        ]),
      ).rejects.toThrow('duplicates');
    });

    it('writes each item once, 100 at most', async () => {
      const pk = freshPartition();
      const write = (sorts: readonly string[]) => {
        const TransactItems = sorts.map((sk) => ({ Put: { ...TableName(), Item: { pk, sk } } }));
        return client.send(new TransactWriteCommand({ TransactItems }));
      };
      await expect(write(['1', '1'])).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(write(Array.from({ length: 101 }, (_, n) => `${n}`))).rejects.toThrow();
      expect((await table.query({ partition: pk })).items).toEqual([]);
    });
  });
}
