import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { redriveQueue } from '../../../infra/operate/dead-letters.ts';
import { bucketEngine } from '../../support/test-engines.ts';

const tell = () => undefined;

describe('redriving large messages', () => {
  it('sends as many at once as SQS takes by their bytes', async () => {
    // Queues and buckets are one engine.
    const engine = await bucketEngine();
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const sqs = new SQSClient({ endpoint: engine.url, region: 'eu-central-1', credentials, maxAttempts: 1 });
    try {
      const made = async (QueueName: string) =>
        (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';
      const own = { queue: await made('queue'), deadLetters: await made('dead') };
      // Half as many characters as bytes.
      const MessageBody = 'ä'.repeat(175_000);
      for (let each = 0; each < 10; each += 1)
        await sqs.send(new SendMessageCommand({ QueueUrl: own.deadLetters, MessageBody }));
      expect(await redriveQueue(sqs, own, { dryRun: true, tell })).toEqual({ moved: 10, left: 0 });
      expect(await redriveQueue(sqs, own, { dryRun: false, tell })).toEqual({ moved: 10, left: 0 });
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: own.queue, MaxNumberOfMessages: 10 }),
      );
      expect(Messages.map(({ Body }) => Body === MessageBody)).toEqual(Array(10).fill(true));
    } finally {
      sqs.destroy();
      await engine.stop();
    }
  });
});
