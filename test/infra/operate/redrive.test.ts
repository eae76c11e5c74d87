import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../../infra/operate/bucket.ts';
import { redriveQueue } from '../../../infra/operate/dead-letters.ts';
import { redriveRecords } from '../../../infra/operate/given-up.ts';

const quiet = { dryRun: false, tell: () => undefined };
const pair = { queue: 'https://sqs/queue', deadLetters: 'https://sqs/dead' };

describe('redriving a queue', () => {
  const sqs = mockClient(SQSClient);
  beforeEach(() => {
    sqs.reset();
  });
  const dead = (id: string) => ({
    MessageId: id,
    ReceiptHandle: `handle-${id}`,
    Body: '{"kind":"settle"}',
    Attributes: { MessageGroupId: 'int_1' },
  });

  it('sends before it deletes, in the group of the message', async () => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [dead('a')] })
      .resolves({});
    sqs
      .on(SendMessageBatchCommand)
      .resolves({ Successful: [{ Id: '0', MessageId: 'new', MD5OfMessageBody: '' }], Failed: [] });
    expect(await redriveQueue(new SQSClient({}), pair, quiet)).toEqual({ moved: 1, left: 0 });
    const names = sqs.calls().map(({ args }) => args[0].constructor.name);
    expect(names.indexOf('SendMessageBatchCommand')).toBeLessThan(names.indexOf('DeleteMessageBatchCommand'));
    expect(sqs.commandCalls(SendMessageBatchCommand)[0]?.args[0].input).toEqual({
      QueueUrl: pair.queue,
      Entries: [{ Id: '0', MessageBody: '{"kind":"settle"}', MessageGroupId: 'int_1' }],
    });
  });

  it('leaves what the queue did not take, shows it again at once, and says how many', async () => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [dead('a'), dead('b')] })
      .resolves({});
    sqs.on(SendMessageBatchCommand).resolves({
      Successful: [{ Id: '1', MessageId: 'new', MD5OfMessageBody: '' }],
      Failed: [{ Id: '0', Code: 'ServiceUnavailable', SenderFault: false }],
    });
    expect(await redriveQueue(new SQSClient({}), pair, quiet)).toEqual({ moved: 1, left: 1 });
    expect(sqs.commandCalls(DeleteMessageBatchCommand)[0]?.args[0].input.Entries).toEqual([
      { Id: '0', ReceiptHandle: 'handle-b' },
    ]);
    expect(sqs.commandCalls(ChangeMessageVisibilityBatchCommand)[0]?.args[0].input.Entries).toEqual([
      { Id: '0', ReceiptHandle: 'handle-a', VisibilityTimeout: 0 },
    ]);
  });

  it('ends when what it moved dies again meanwhile', async () => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [dead('a')] })
      .resolvesOnce({ Messages: [dead('new')] })
      .resolves({});
    sqs
      .on(SendMessageBatchCommand)
      .resolves({ Successful: [{ Id: '0', MessageId: 'new', MD5OfMessageBody: '' }], Failed: [] });
    expect(await redriveQueue(new SQSClient({}), pair, quiet)).toEqual({ moved: 1, left: 1 });
    expect(sqs.commandCalls(SendMessageBatchCommand)).toHaveLength(1);
  });

  it('only to look ends when the first come again because reading took long, and counts each once', async () => {
    const batch = (...ids: readonly string[]) => ({ Messages: ids.map(dead) });
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce(batch('a', 'b'))
      .resolvesOnce(batch('b', 'c'))
      .resolves({ Messages: [{ ...dead('a'), ReceiptHandle: 'later' }] });
    const lines: string[] = [];
    const looking = { dryRun: true, tell: (line: string) => lines.push(line) };
    expect(await redriveQueue(new SQSClient({}), pair, looking)).toEqual({ moved: 3, left: 0 });
    expect(lines).toHaveLength(3);
    const shown = sqs.commandCalls(ChangeMessageVisibilityBatchCommand)[0]?.args[0].input.Entries;
    expect(shown?.map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(['later', 'handle-b', 'handle-c']);
  });

  it('only to look sends and deletes nothing', async () => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [dead('a')] })
      .resolves({});
    expect(await redriveQueue(new SQSClient({}), pair, { ...quiet, dryRun: true })).toEqual({
      moved: 1,
      left: 0,
    });
    expect(sqs.commandCalls(SendMessageBatchCommand)).toEqual([]);
    expect(sqs.commandCalls(DeleteMessageBatchCommand)).toEqual([]);
    expect(sqs.commandCalls(ChangeMessageVisibilityBatchCommand)).toHaveLength(1);
  });
});

describe('redriving records of the stream', () => {
  const lambda = mockClient(LambdaClient);
  beforeEach(() => {
    lambda.reset();
  });
  const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:Mine-FanOut-1';
  const payload = JSON.stringify({
    Records: [{ dynamodb: { NewImage: { type: { S: 'incident.opened' } } } }],
  });
  const store = (objects: Map<string, string>): ObjectStore => ({
    async *list(prefix) {
      for (const key of [...objects.keys()]) if (key.startsWith(prefix)) yield key;
    },
    read: async (key) => objects.get(key) ?? '',
    remove: async (key) => void objects.delete(key),
  });
  const run = (objects: Map<string, string>) =>
    redriveRecords(new LambdaClient({}), store(objects), ['Mine-FanOut-1'], quiet);
  const givenUp = (functionArn: string) => JSON.stringify({ requestContext: { functionArn }, payload });

  it('hands the reader the event as it was, and deletes the object when it took it', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 200 });
    const objects = new Map([
      ['aws/lambda/1', givenUp(`${arn}:$LATEST`)],
      ['logs/1', 'other'],
    ]);
    expect(await run(objects)).toEqual({ moved: 1, left: 0 });
    expect([...objects.keys()]).toEqual(['logs/1']);
    const [call] = lambda.commandCalls(InvokeCommand);
    expect(call?.args[0].input.FunctionName).toBe('Mine-FanOut-1');
    expect(String(call?.args[0].input.Payload)).toBe(payload);
  });

  it('hands an event that was given up to the function that it came to, under its name', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 200 });
    const event = { 'detail-type': 'CloudWatch Alarm State Change', id: 'e-1', detail: { alarmName: 'a' } };
    const kept = JSON.stringify({ requestContext: { functionArn: `${arn}:$LATEST` }, requestPayload: event });
    const objects = new Map([['aws/lambda/async/Mine-FanOut-1/2026/11/20/1', kept]]);
    const said: string[] = [];
    const telling = { dryRun: false, tell: (line: string) => said.push(line) };
    const done = await redriveRecords(new LambdaClient({}), store(objects), ['Mine-FanOut-1'], telling);
    expect([done, objects.size]).toEqual([{ moved: 1, left: 0 }, 0]);
    expect(said).toEqual(['handing to Mine-FanOut-1: CloudWatch Alarm State Change, e-1']);
    expect(String(lambda.commandCalls(InvokeCommand)[0]?.args[0].input.Payload)).toBe(JSON.stringify(event));
  });

  it('keeps the object when the reader fails, or says that some records failed', async () => {
    const objects = new Map([['aws/lambda/1', givenUp(arn)]]);
    const said = new Uint8Array(Buffer.from('{"batchItemFailures":[{"itemIdentifier":"1"}]}'));
    const Payload = Object.assign(said, { transformToString: () => Buffer.from(said).toString() });
    lambda.on(InvokeCommand).resolvesOnce({ FunctionError: 'Unhandled' }).resolvesOnce({ Payload });
    expect(await run(objects)).toEqual({ moved: 0, left: 1 });
    expect(await run(objects)).toEqual({ moved: 0, left: 1 });
    expect(objects.size).toBe(1);
  });

  it('touches nothing that is of another system or cannot be read', async () => {
    const objects = new Map([
      ['aws/lambda/1', givenUp(`${arn}-2`)],
      ['aws/lambda/2', 'torn {'],
    ]);
    expect(await run(objects)).toEqual({ moved: 0, left: 2 });
    expect(lambda.commandCalls(InvokeCommand)).toEqual([]);
    expect(objects.size).toBe(2);
  });
});
