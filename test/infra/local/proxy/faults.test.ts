import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  GetItemCommand,
  InternalServerError,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startProxyAlone } from '../../../../infra/local/proxy/alone.ts';
import type { Fault } from '../../../../infra/local/proxy/fault.ts';
import type { EngineProxy } from '../../../../infra/local/proxy/proxy.ts';
import { clientOf, type Watched, watchedTables } from './engines.ts';

const TableName = 'Events';
const Item = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const ifNew = { ConditionExpression: 'attribute_not_exists(pk)' };

describe('a fault before the table engine', () => {
  let watched: Watched;
  beforeAll(async () => {
    watched = await watchedTables();
  });
  afterAll(() => watched.stop());
  beforeEach(() => {
    watched.calls.length = 0;
    watched.killed.length = 0;
  });

  const put = (sk: string, more = {}) =>
    watched.client.send(new PutItemCommand({ TableName, Item: Item(sk), ...more }));
  const isThere = async (sk: string) =>
    (await watched.client.send(new GetItemCommand({ TableName, Key: Item(sk), ConsistentRead: true })))
      .Item !== undefined;

  test.each<[Fault, unknown, boolean]>([
    [{ kind: 'throttle' }, ProvisionedThroughputExceededException, false],
    [{ kind: 'conflict' }, TransactionConflictException, false],
    [{ kind: 'internal-error', done: false }, InternalServerError, false],
    [{ kind: 'internal-error', done: true }, InternalServerError, true],
    [
      { kind: 'error', status: 400, code: 'ConditionalCheckFailedException' },
      ConditionalCheckFailedException,
      false,
    ],
  ])('%o throws what the SDK throws with AWS, and is done or not', async (fault, error, done) => {
    const name = JSON.stringify(fault);
    watched.faults = [fault];
    await expect(put(name)).rejects.toBeInstanceOf(error);
    expect(await isThere(name)).toBe(done);
  });

  test('a conflict cancels a transaction with its reason in its place', async () => {
    watched.faults = [{ kind: 'conflict' }];
    const TransactItems = ['a', 'b'].map((sk) => ({ Put: { TableName, Item: Item(sk) } }));
    const error = await watched.client
      .send(new TransactWriteItemsCommand({ TransactItems }))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TransactionCanceledException);
    expect((error as TransactionCanceledException).CancellationReasons?.map(({ Code }) => Code)).toEqual([
      'TransactionConflict',
      'None',
    ]);
  });

  test('a call is done twice, so a condition fails that its first time made false', async () => {
    watched.faults = [{ kind: 'twice' }];
    await expect(put('twice', ifNew)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(watched.calls.map(({ status }) => status)).toEqual([200, 400]);
  });

  test('an answer is lost, although the call was done', async () => {
    watched.faults = [{ kind: 'lose-answer' }];
    await expect(put('lost')).rejects.toThrow();
    expect(await isThere('lost')).toBe(true);
  });

  test.each([
    ['crash-before', false],
    ['crash-after', true],
    ['hang', false],
  ] as const)('%s: nobody is answered', async (kind, done) => {
    watched.faults = [{ kind }];
    const given = new AbortController();
    const sent = watched.client
      .send(new PutItemCommand({ TableName, Item: Item(kind) }), { abortSignal: given.signal })
      .catch(() => 'given up');
    await expect.poll(() => watched.faults.length).toBe(0);
    if (done) await expect.poll(() => isThere(kind)).toBe(true);
    given.abort();
    expect(await sent).toBe('given up');
    expect(await isThere(kind)).toBe(done);
    expect(watched.killed).toEqual(
      kind === 'hang' ? [] : [expect.objectContaining({ function: 'Tester', environment: 1 })],
    );
  });

  test('a call waits until it is released', async () => {
    const gate = Promise.withResolvers<void>();
    watched.faults = [{ kind: 'delay', until: gate.promise }];
    const sent = put('delayed');
    await expect.poll(() => watched.faults.length).toBe(0);
    expect(await isThere('delayed')).toBe(false);
    gate.resolve();
    await sent;
    expect(await isThere('delayed')).toBe(true);
  });

  test.each([1, 4])(
    'of a batch of %i keys every second is read, and the others are unprocessed',
    async (count) => {
      const Keys = Array.from({ length: count }, (_, at) => Item(`batch-${at}`));
      for (const { sk } of Keys) await put(sk.S);
      watched.faults = [{ kind: 'part' }];
      const { Responses, UnprocessedKeys } = await watched.client.send(
        new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
      );
      expect(Responses?.[TableName] ?? []).toHaveLength(Math.floor(count / 2));
      expect(UnprocessedKeys?.[TableName]).toEqual({
        Keys: Keys.filter((_, at) => at % 2 === 0),
        ConsistentRead: true,
      });
    },
  );
});

describe('a fault before the other engines, which need not even be there', () => {
  let fault: Fault = { kind: 'throttle' };
  const proxies: EngineProxy[] = [];
  const nowhere = 'http://127.0.0.1:9';
  const start = async (service: 'sqs' | 'ses') => {
    const proxy = await startProxyAlone(service, nowhere, { faults: () => fault }, () => undefined);
    proxies.push(proxy);
    return proxy.address;
  };
  let sqs: SQSClient;
  let ses: SESClient;
  beforeAll(async () => {
    sqs = clientOf(SQSClient, await start('sqs'));
    ses = clientOf(SESClient, await start('ses'));
  });
  afterAll(async () => {
    sqs.destroy();
    ses.destroy();
    await Promise.all(proxies.map((proxy) => proxy.stop()));
  });

  const QueueUrl = () => `${proxies[0]?.address}/123456789012/Alerts`;
  const mail = new SendEmailCommand({
    Source: 'us@example.com',
    Destination: { ToAddresses: ['them@example.com'] },
    Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
  });

  test.each<[Fault, string, string]>([
    [{ kind: 'throttle' }, 'RequestThrottled', 'Throttling'],
    [{ kind: 'internal-error', done: false }, 'InternalError', 'InternalFailure'],
    [{ kind: 'deny' }, 'AccessDenied', 'AccessDenied'],
    [{ kind: 'error', status: 400, code: 'MessageRejected' }, 'MessageRejected', 'MessageRejected'],
  ])('%o has the names that SQS and SES give it', async (one, queue, post) => {
    fault = one;
    const sent = sqs.send(new SendMessageCommand({ QueueUrl: QueueUrl(), MessageBody: 'm' }));
    await expect(sent).rejects.toMatchObject({ name: queue });
    await expect(ses.send(mail)).rejects.toMatchObject({ name: post });
  });

  test('one message of a batch of one fails by itself', async () => {
    fault = { kind: 'part' };
    const Entries = [{ Id: 'a', MessageBody: 'm' }];
    const { Failed, Successful } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: QueueUrl(), Entries }),
    );
    expect([Failed?.map(({ Id }) => Id), Successful]).toEqual([['a'], []]);
  });
});
