import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { client, tableName } from '../../../functions/aws/dynamodb/client.ts';
import { table } from '../../../functions/aws/table.ts';
import { freshPartition } from './partition.ts';

interface Row {
  readonly version?: number;
  readonly title?: string;
}

/** What writing all or nothing must do. */
export function transactionContract(): void {
  describe('transact', () => {
    it('commits puts, updates, deletes and checks together', async () => {
      const pk = freshPartition();
      await table.put({ pk, sk: 'HEAD', version: 3 });
      await table.put({ pk, sk: 'OLD' });
      const result = await table.transact([
        { update: { pk, sk: 'HEAD' }, set: { title: 'x' }, ifVersion: 3 },
        { put: { pk, sk: 'F#1' }, ifNew: true },
        { delete: { pk, sk: 'OLD' } },
        { check: { pk, sk: 'ABSENT' }, ifNew: true },
      ]);
      expect(result).toEqual({ committed: true });
      const rows = await table.load<Row>(['HEAD', 'F#1', 'OLD'].map((sk) => ({ pk, sk })));
      expect(rows).toEqual([{ pk, sk: 'HEAD', version: 4, title: 'x' }, { pk, sk: 'F#1' }, undefined]);
    });

    it('writes nothing when one condition fails, and says at which place', async () => {
      const pk = freshPartition();
      await table.put({ pk, sk: 'HEAD', version: 2 });
      const result = await table.transact([
        { put: { pk, sk: 'F#1' }, ifNew: true },
        { put: { pk, sk: 'HEAD', version: 2 }, ifVersion: 1 },
      ]);
      expect(result).toEqual({ committed: false, reasons: [undefined, 'ConditionalCheckFailed'] });
      expect(await table.get({ pk, sk: 'F#1' })).toBeUndefined();
    });

    it('names every write whose condition fails, and tests all against what was there before', async () => {
      const pk = freshPartition();
      await table.put({ pk, sk: 'A', version: 1 });
      const result = await table.transact([
        { update: { pk, sk: 'A' }, set: { title: 'x' }, ifVersion: 2 },
        { put: { pk, sk: 'NEW' } },
        { delete: { pk, sk: 'ABSENT' }, if: { title: { exists: true } } },
        { check: { pk, sk: 'NOT' }, if: { title: { is: 'x' } } },
      ]);
      const failed = 'ConditionalCheckFailed';
      expect(result).toEqual({ committed: false, reasons: [failed, undefined, failed, failed] });
      expect((await table.query({ partition: pk })).items).toEqual([{ pk, sk: 'A', version: 1 }]);
    });

    it('lets one of two writers of the same version through, whole', async () => {
      const pk = freshPartition();
      await table.put({ pk, sk: 'HEAD', version: 1 });
      const write = (n: number) =>
        table.transact([
          { update: { pk, sk: 'HEAD' }, set: { title: `${n}` }, ifVersion: 1 },
          { put: { pk, sk: `F#${n}` }, ifNew: true },
        ]);
      const results = await Promise.all([write(1), write(2), write(3)]);
      expect(results.filter(({ committed }) => committed)).toHaveLength(1);
      const [fact, head, more] = (await table.query<Row>({ partition: pk })).items;
      expect([fact?.sk, head?.version, more]).toEqual([`F#${head?.title}`, 2, undefined]);
    });

    it('under one token is done once, and another one is refused under it', async () => {
      const key = { pk: freshPartition(), sk: 'SEQ' };
      const add = (by: number) =>
        client.send(
          new TransactWriteCommand({
            ClientRequestToken: key.pk.slice(-36),
            TransactItems: [
              {
                Update: {
                  TableName: tableName(),
                  Key: key,
                  UpdateExpression: 'ADD #0 :0',
                  ExpressionAttributeNames: { '#0': 'last' },
                  ExpressionAttributeValues: { ':0': by },
                },
              },
            ],
          }),
        );
      await add(1);
      await add(1);
      expect(await table.get(key)).toEqual({ ...key, last: 1 });
      await expect(add(2)).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    });

    it('refuses more than 60 writes before asking', async () => {
      const pk = freshPartition();
      const writes = Array.from({ length: 61 }, (_, n) => ({ put: { pk, sk: `A#${n}` } }));
      await expect(table.transact(writes)).rejects.toThrow('at most 60');
      expect((await table.query({ partition: pk })).items).toEqual([]);
    });

    it('does nothing for an empty list', async () => {
      expect(await table.transact([])).toEqual({ committed: true });
    });
  });
}
