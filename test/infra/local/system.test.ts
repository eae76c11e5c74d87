import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sample, startSample, temporaryFolder } from '../../support/sample-stack/start.ts';

const folder = temporaryFolder();
let sample: Sample;
beforeAll(async () => {
  sample = await startSample(folder.path);
});
afterAll(async () => {
  await sample.stop();
  folder.remove();
});

const send = (message: object, DelaySeconds?: number) =>
  sample.sqs.send(
    new SendMessageCommand({
      QueueUrl: sample.system.find('Work').identity.ref,
      MessageBody: JSON.stringify(message),
      ...(DelaySeconds !== undefined && { DelaySeconds }),
    }),
  );
const fact = (sk: string) =>
  sample.documents.send(new PutCommand({ TableName: sample.table, Item: { pk: 'FACT', sk, kind: 'fact' } }));
const names = async (pk: string) => (await sample.items(pk)).map((item) => item.sk);

describe('the sample stack', () => {
  test('carries a message from the queue through a function, the table and its stream to another function', async () => {
    await send({ name: 'first' });
    await sample.system.idle();
    expect(await names('FACT')).toContain('first');
    expect(await sample.items('MIRROR')).toContainEqual(
      expect.objectContaining({ sk: 'first', sequence: expect.stringMatching(/^\d{21}$/) }),
    );
  });

  test('hands a reader only the records that pass its filter, and every reader all of those', async () => {
    await fact('filtered');
    await sample.documents.send(
      new PutCommand({ TableName: sample.table, Item: { pk: 'FACT', sk: 'unfiltered', kind: 'note' } }),
    );
    await sample.system.idle();
    const mirrored = await names('MIRROR');
    expect(mirrored).toContain('filtered');
    expect(mirrored).not.toContain('unfiltered');
  });

  test('retries alone what a batch reports as failed, hidden for the visibility time-out, then gives it to the dead letters', async () => {
    await Promise.all([send({ name: 'good' }), send({ name: 'bad', fail: true })]);
    await sample.system.idle();
    expect(await names('SEEN')).toEqual(expect.arrayContaining(['bad#1', 'good#1']));
    expect(await names('SEEN')).not.toContain('bad#2');
    await sample.system.clock.fastForward(300_000);
    const seen = await names('SEEN');
    expect(seen.filter((name) => name.startsWith('bad'))).toEqual(['bad#1', 'bad#2', 'bad#3']);
    expect(seen.filter((name) => name.startsWith('good'))).toEqual(['good#1']);
    expect(await deadLetters()).toContainEqual({ name: 'bad', fail: true });
  });

  test('delivers a message again whose function crashed', async () => {
    await send({ name: 'crash', crash: true });
    await sample.system.clock.fastForward(300_000);
    expect((await names('SEEN')).filter((name) => name.startsWith('crash'))).toEqual([
      'crash#1',
      'crash#2',
      'crash#3',
    ]);
  });

  test('halves a batch of stream records around the poison, stores that in the failure bucket, and goes on', async () => {
    await Promise.all(['stream-1', 'poison', 'stream-2'].map(fact));
    await sample.system.idle();
    const mirrored = await names('MIRROR');
    expect(mirrored).toEqual(expect.arrayContaining(['stream-1', 'stream-2']));
    expect(mirrored).not.toContain('poison');
    const [report, ...more] = await failureReports();
    expect(more).toEqual([]);
    expect(report).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
    });
    const { Records } = JSON.parse(String(report?.payload));
    expect(Records.map((one: { dynamodb: { Keys: unknown } }) => one.dynamodb.Keys)).toEqual([
      { pk: { S: 'FACT' }, sk: { S: 'poison' } },
    ]);
  });

  test('holds a delayed message until the clock has moved, to the second', async () => {
    const sent = sample.system.clock.now();
    await send({ name: 'late' }, 900);
    await sample.system.clock.fastForward(890_000);
    expect(await names('FACT')).not.toContain('late');
    await sample.system.clock.fastForward(20_000);
    const [late] = (await sample.items('FACT')).filter((item) => item.sk === 'late');
    const delay = Number(late?.at) - sent;
    expect(delay).toBeGreaterThanOrEqual(900_000);
    expect(delay).toBeLessThan(902_000);
  });

  test('refuses a delay of more than 900 seconds, as SQS does', async () => {
    await expect(send({ name: 'too late' }, 901)).rejects.toThrow(/DelaySeconds/);
  });

  test('shows a message again at once whose visibility is set to nothing', async () => {
    const QueueUrl = sample.system.find('Dead').identity.ref;
    const receive = async () =>
      (await sample.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ??
      [];
    await sample.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"name":"visible"}' }));
    const received = (await receive()).find((one) => one.Body?.includes('visible'));
    expect((await receive()).map((one) => one.MessageId)).not.toContain(received?.MessageId);
    const { ReceiptHandle } = received ?? {};
    await sample.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
    expect((await receive()).map((one) => one.MessageId)).toContain(received?.MessageId);
  });

  test('deletes items whose time has passed, and says in the stream that nobody did', async () => {
    const ttl = Math.floor(sample.system.clock.now() / 1_000) + 60;
    for (const [sk, at] of [
      ['mortal', ttl],
      ['immortal', ttl + 1e6],
    ] as const) {
      await sample.documents.send(
        new PutCommand({ TableName: sample.table, Item: { pk: 'TTL', sk, ttl: at } }),
      );
    }
    await sample.system.clock.fastForward(7 * 3_600_000);
    expect(await names('TTL')).toEqual(['immortal']);
    expect(await sample.items('REMOVED')).toContainEqual(
      expect.objectContaining({ sk: 'mortal', by: 'dynamodb.amazonaws.com' }),
    );
  });

  test('gives its functions a secret, and the same one again', async () => {
    const url = sample.system.engines.secrets;
    const read = async () => {
      const headers = { 'x-amz-target': 'secretsmanager.GetSecretValue' };
      const body = JSON.stringify({ SecretId: sample.system.find('Secret').identity.ref });
      return (
        (await (await fetch(url, { method: 'POST', headers, body })).json()) as { SecretString: string }
      ).SecretString;
    };
    const secret = await read();
    expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(await read()).toBe(secret);
  });
});

async function deadLetters(): Promise<unknown[]> {
  const answer = await fetch(
    `${sample.system.engines.sqs}/_fauxqs/queues/${sample.system.find('Dead').identity.attributes.QueueName}`,
  );
  const { messages } = (await answer.json()) as { messages: { ready: { body: string }[] } };
  return messages.ready.map((one) => JSON.parse(one.body));
}

async function failureReports(): Promise<Record<string, unknown>[]> {
  const bucket = `${sample.system.engines.s3}/${sample.system.find('Failures').identity.ref}`;
  const list = await (await fetch(`${bucket}?list-type=2`)).text();
  const keys = [...list.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key);
  return Promise.all(
    keys.map(async (key) => (await (await fetch(`${bucket}/${key}`)).json()) as Record<string, unknown>),
  );
}
