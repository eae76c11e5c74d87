import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { log } from '../../../functions/edge/log.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { queueUrl } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';

const made = vi.hoisted((): string[] => []);
vi.mock('@aws-sdk/client-sqs', async (original) => {
  const real = await original<typeof import('@aws-sdk/client-sqs')>();
  class SQSClient extends real.SQSClient {
    constructor(configuration: SQSClientConfig) {
      super(configuration);
      made.push('queues');
      this.send = async () => ({});
    }
  }
  return { ...real, SQSClient };
});
vi.mock('@aws-sdk/client-s3', async (original) => {
  const real = await original<typeof import('@aws-sdk/client-s3')>();
  class S3Client extends real.S3Client {
    constructor(configuration: S3ClientConfig) {
      super(configuration);
      made.push('files');
      this.send = async () => ({});
    }
  }
  return { ...real, S3Client };
});
vi.mock('@aws-sdk/client-dynamodb', async (original) => {
  const real = await original<typeof import('@aws-sdk/client-dynamodb')>();
  class DynamoDBClient extends real.DynamoDBClient {
    constructor(...given: ConstructorParameters<typeof real.DynamoDBClient>) {
      super(...given);
      made.push('table');
    }
  }
  return { ...real, DynamoDBClient };
});

const secret = '0123456789abcdef0123456789abcdef';
let engine: Awaited<ReturnType<typeof startDynamoDb>>;
beforeAll(async () => {
  engine = await startDynamoDb();
  process.env[env.alertQueue] = queueUrl('Alerts');
  process.env[env.allowedEndpoints] = 'none';
  process.env[env.integrationParameters] = '/integrations';
  process.env[env.deliveryBucket] = 'deliveries';
  made.splice(0);
});
afterAll(() => engine.stop());

it('[C3] a process makes one client of each kind, however many requests it serves: a new one each would be a storm of connections', async () => {
  const { putKeyDoorWrite } = await import('../../../functions/aws/doors.ts');
  const { table } = await import('../../../functions/aws/table.ts');
  const { handler } = await import('../../../functions/alerts/receive.http.ts');
  const org = idOf('organisation', T0, 'clients');
  const id = idOf('integration', T0, 'clients');
  await table.transact([
    putKeyDoorWrite(secret, { kind: 'integration', org, id, name: 'c', source: 'generic' }),
  ]);
  vi.spyOn(log, 'info').mockReturnValue(undefined);
  for (let i = 0; i < 20; i++) {
    const event = httpEvent({ method: 'POST', path: `/webhooks/generic/${secret}`, body: { title: `${i}` } });
    expect((await handler(event, lambdaContext)).statusCode).toBe(202);
  }
  expect(made.sort()).toEqual(['files', 'queues', 'table']);
});
