import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { unlogged } from '../../../functions/aws/unlogged.ts';

/** What a client tells its log of one call. */
async function toldBy(made: (client: SQSClient) => SQSClient): Promise<readonly unknown[]> {
  const told: unknown[] = [];
  const tell = (what: unknown) => void told.push(what);
  const response = { statusCode: 200, headers: {}, body: Buffer.from('{"QueueUrls":["https://queue"]}') };
  const client = made(
    new SQSClient({
      region: 'eu-central-1',
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
      logger: { debug: () => undefined, info: tell, warn: tell, error: tell },
      requestHandler: { handle: async () => ({ response }) },
    }),
  );
  expect((await client.send(new ListQueuesCommand())).QueueUrls).toEqual(['https://queue']);
  return told;
}

it('a client that keeps no log describes no call for it, and answers as before', async () => {
  expect(await toldBy((client) => client)).toHaveLength(1);
  expect(await toldBy(unlogged)).toEqual([]);
});
