import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { HeadBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { needsOf } from '../../../../infra/local/proxy/needs/index.ts';
import { Passage } from '../../../../infra/local/proxy/passage.ts';
import { type EngineProxy, startProxy } from '../../../../infra/local/proxy/proxy.ts';
import { operatorKey, toolRoles } from '../../../../infra/local/proxy/tools.ts';

const account = { id: '123456789012', region: 'us-east-1', suffix: 'amazonaws.com' };
const resources = { shapes: new Map(), account, secrets: [] };
const tools = toolRoles(account);
const lines: string[] = [];
const passage = new Passage({
  role: () => undefined,
  tool: (key) => tools.get(key),
  crash: () => undefined,
  log: (line) => lines.push(line),
});

const services = ['dynamodb', 'sqs', 'ses', 's3', 'secrets', 'ssm'] as const;
type Service = (typeof services)[number];
let proxies: ReadonlyMap<Service, EngineProxy>;
beforeAll(async () => {
  // Nobody is there: what is refused never reaches an engine.
  const before = (service: Service) =>
    startProxy({
      ...{ service, engine: 'http://127.0.0.1:9', passage },
      needs: (call) => needsOf(service, call, resources),
    });
  proxies = new Map(
    await Promise.all(services.map(async (service) => [service, await before(service)] as const)),
  );
});
afterAll(() => Promise.all([...proxies.values()].map((proxy) => proxy.stop())));
beforeEach(() => void lines.splice(0));

/** Asks one service something with a key, or without a signature. */
async function ask(service: Service, accessKeyId: string | undefined): Promise<unknown> {
  const endpoint = proxies.get(service)?.address ?? '';
  const credentials = { accessKeyId: accessKeyId ?? 'none', secretAccessKey: 'local' };
  const unsigned = { signer: { sign: async <Request>(request: Request) => request } };
  const settings = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1, forcePathStyle: true };
  const client = new clients[service]({ ...settings, ...(accessKeyId === undefined && unsigned) });
  try {
    return await (client as unknown as { send(command: unknown): Promise<unknown> }).send(
      commands[service](),
    );
  } finally {
    client.destroy();
  }
}
const clients = {
  dynamodb: DynamoDBClient,
  sqs: SQSClient,
  ses: SESClient,
  s3: S3Client,
  secrets: SecretsManagerClient,
  ssm: SSMClient,
};
const commands: Readonly<Record<Service, () => unknown>> = {
  dynamodb: () => new GetItemCommand({ TableName: 'Events', Key: { pk: { S: 'a' } } }),
  sqs: () => new ListQueuesCommand({}),
  ses: () => new GetSendQuotaCommand({}),
  s3: () => new ListObjectsV2Command({ Bucket: 'b' }),
  secrets: () => new GetSecretValueCommand({ SecretId: 'S' }),
  ssm: () => new GetParameterCommand({ Name: '/a' }),
};

const invalid = 'The security token included in the request is invalid.';
const missing = 'Request is missing Authentication Token';

describe('a call that nobody who is known has signed', () => {
  test.each([
    ['dynamodb', 'UnrecognizedClientException', invalid, 400],
    ['secrets', 'UnrecognizedClientException', invalid, 400],
    ['ssm', 'UnrecognizedClientException', invalid, 400],
    ['sqs', 'InvalidClientTokenId', invalid, 403],
    ['ses', 'InvalidClientTokenId', invalid, 403],
    ['s3', 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403],
  ] as const)('to %s is refused by its key as %s', async (service, name, message, httpStatusCode) => {
    // Of a function that is not in the template, and of nobody.
    for (const key of ['local-Gone-1', 'AKIDEXAMPLE', `${operatorKey}s`])
      await expect(ask(service, key)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode } });
    expect(lines[0]).toMatch(new RegExp(`^unknown key: ${service} `));
  });

  test.each([
    ['dynamodb', 'MissingAuthenticationTokenException', missing, 400],
    ['secrets', 'MissingAuthenticationTokenException', missing, 400],
    ['ssm', 'MissingAuthenticationTokenException', missing, 400],
    ['sqs', 'MissingAuthenticationToken', missing, 403],
    ['ses', 'MissingAuthenticationToken', missing, 403],
    ['s3', 'AccessDenied', 'Access Denied', 403],
  ] as const)(
    'to %s is refused without a signature as %s',
    async (service, name, message, httpStatusCode) => {
      await expect(ask(service, undefined)).rejects.toMatchObject({
        ...{ name, message, $metadata: { httpStatusCode } },
      });
      expect(lines[0]).toMatch(new RegExp(`^unsigned: ${service} `));
    },
  );

  test('is not counted as a call of a function, and an answer to HEAD has no body', async () => {
    const credentials = { accessKeyId: 'nobody', secretAccessKey: 'local' };
    const endpoint = proxies.get('s3')?.address ?? '';
    const client = new S3Client({
      endpoint,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
      forcePathStyle: true,
    });
    // Two on one connection: bytes that belong to no answer would be taken for the beginning of the next.
    for (const Bucket of ['a', 'b'])
      await expect(client.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
        $metadata: { httpStatusCode: 403 },
      });
    client.destroy();
    expect(passage.tally.counts()).toEqual([]);
  });
});

test('the operator may do what its policy says, and nothing else', async () => {
  const arn = `arn:aws:iam::${account.id}:user/${operatorKey}`;
  await expect(ask('secrets', operatorKey)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      `User: ${arn} is not authorized to perform: secretsmanager:GetSecretValue on resource: S ` +
      'because no identity-based policy allows the secretsmanager:GetSecretValue action',
  });
  // It passes, and finds that there is no engine.
  await expect(ask('sqs', operatorKey)).rejects.not.toHaveProperty('$response.statusCode', 403);
  expect(lines).toEqual(['operator may not secretsmanager:GetSecretValue on S']);
  expect(tools.get(operatorKey)?.allows('sqs:PurgeQueue', '*')).toBe(false);
});
