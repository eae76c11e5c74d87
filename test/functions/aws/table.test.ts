import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  InternalServerError,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { table } from '../../../functions/aws/table.ts';

const db = mockClient(DynamoDBDocumentClient);
mockClient(DynamoDBClient);
const key = { pk: 'O#a', sk: 'HEAD' };
const meta = { message: '', $metadata: {} };

beforeEach(() => {
  Object.assign(process.env, { TABLE_NAME: 'Events', AWS_REGION: 'eu-central-1' });
  db.reset();
});

describe('a single write', () => {
  it('aliases every name and value', async () => {
    db.on(UpdateCommand).resolves({ Attributes: { ...key, version: 4 } });
    await table.update(key, { set: { status: 'x' }, unset: ['name'], add: { n: 2 }, ifVersion: 3 });
    expect(db.commandCalls(UpdateCommand)[0]?.args[0].input).toEqual({
      TableName: 'Events',
      Key: key,
      UpdateExpression: 'SET #0 = :0, #1 = :1 REMOVE #2 ADD #3 :2',
      ConditionExpression: '#1 = :3',
      ExpressionAttributeNames: { '#0': 'status', '#1': 'version', '#2': 'name', '#3': 'n' },
      ExpressionAttributeValues: { ':0': 'x', ':1': 4, ':2': 2, ':3': 3 },
      ReturnValues: 'ALL_NEW',
    });
  });

  it('joins its own version with each of several conditions', async () => {
    db.on(PutCommand).resolves({});
    await table.put(key, { ifVersion: 1, if: [{ state: { is: 'a' } }, { until: { below: 9 } }] });
    expect(db.commandCalls(PutCommand)[0]?.args[0].input).toMatchObject({
      ConditionExpression: '(#0 = :0 AND #1 = :1) OR (#0 = :2 AND #2 < :3)',
      ExpressionAttributeNames: { '#0': 'version', '#1': 'state', '#2': 'until' },
    });
  });

  it('has no condition when it was given none', async () => {
    db.on(PutCommand).resolves({});
    await table.put(key);
    expect(db.commandCalls(PutCommand)[0]?.args[0].input).toEqual({ TableName: 'Events', Item: key });
  });

  it('waits for a transaction that it meets, and gives a failed condition as a value', async () => {
    db.on(PutCommand)
      .rejectsOnce(new TransactionConflictException(meta))
      .rejectsOnce(new TransactionConflictException(meta))
      .rejects(new ConditionalCheckFailedException(meta));
    expect(await table.putNew(key)).toBe(false);
    expect(db.commandCalls(PutCommand)).toHaveLength(3);
  });

  it('[F25] throws what is neither', async () => {
    db.on(PutCommand).rejects(new InternalServerError(meta));
    await expect(table.putNew(key)).rejects.toThrow(InternalServerError);
  });
});

describe('[F25] a transaction', () => {
  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({ ...meta, CancellationReasons: codes.map((Code) => ({ Code })) });
  const writes = [{ put: key }, { put: { ...key, sk: 'F#1' } }];

  it('gives a conflict and a failed condition as values at their places', async () => {
    db.on(TransactWriteCommand).rejects(cancelled('None', 'TransactionConflict'));
    expect(await table.transact(writes)).toEqual({
      committed: false,
      reasons: [undefined, 'TransactionConflict'],
    });
  });

  it('that is throttled is tried again', async () => {
    db.on(TransactWriteCommand)
      .rejectsOnce(cancelled('ThrottlingError', 'None'))
      .rejectsOnce(cancelled('None', 'ProvisionedThroughputExceeded'))
      .resolves({});
    expect(await table.transact(writes)).toEqual({ committed: true });
  });

  it('that is throttled for good, or fails otherwise, throws', async () => {
    db.on(TransactWriteCommand).rejects(cancelled('ThrottlingError', 'None'));
    await expect(table.transact(writes)).rejects.toThrow('still fails');
    db.on(TransactWriteCommand).rejects(cancelled('ValidationError', 'None'));
    await expect(table.transact(writes)).rejects.toThrow(TransactionCanceledException);
  });

  it('has no check without a condition', async () => {
    await expect(table.transact([{ check: key }])).rejects.toThrow('checks nothing');
  });
});

describe('[F26] a batch of reads', () => {
  it('asks again for what was left unprocessed', async () => {
    const other = { pk: 'O#a', sk: 'B' };
    db.on(BatchGetCommand)
      .resolvesOnce({
        Responses: { Events: [{ ...key, n: 1 }] },
        UnprocessedKeys: { Events: { Keys: [other] } },
      })
      .resolves({ Responses: { Events: [{ ...other, n: 2 }] } });
    expect(await table.load([other, key])).toEqual([
      { ...other, n: 2 },
      { ...key, n: 1 },
    ]);
    const asked = db.commandCalls(BatchGetCommand).map(({ args: [{ input }] }) => input.RequestItems?.Events);
    expect(asked).toEqual([
      { Keys: [other, key], ConsistentRead: true },
      { Keys: [other], ConsistentRead: true },
    ]);
  });

  it('takes 100 keys a call', async () => {
    db.on(BatchGetCommand).resolves({ Responses: { Events: [] } });
    await table.load(Array.from({ length: 201 }, (_, n) => ({ pk: 'O#a', sk: `${n}` })));
    const sizes = db
      .commandCalls(BatchGetCommand)
      .map(({ args: [{ input }] }) => input.RequestItems?.Events?.Keys?.length);
    expect(sizes).toEqual([100, 100, 1]);
  });
});

describe('a query', () => {
  it('asks for attributes by aliases, with the keys by which a page ends only where it has a limit', async () => {
    db.on(QueryCommand).resolves({ Items: [] });
    const wanted = { index: 'gsi1', partition: 'P', only: ['state', 'correlation.rule'] } as const;
    await table.query(wanted);
    await table.query({ ...wanted, limit: 2 });
    const [whole, page] = db.commandCalls(QueryCommand).map(({ args }) => args[0].input);
    expect(whole).toMatchObject({
      ProjectionExpression: '#1, #2.#3',
      ExpressionAttributeNames: { '#0': 'gsi1pk', '#1': 'state', '#2': 'correlation', '#3': 'rule' },
    });
    expect(page?.ProjectionExpression).toBe('#1, #2.#3, #4, #5, #6');
    expect(page?.ExpressionAttributeNames).toMatchObject({ '#4': 'gsi1sk', '#5': 'pk', '#6': 'sk' });
  });
});
