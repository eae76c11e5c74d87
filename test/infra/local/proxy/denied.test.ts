import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Role } from '../../../../infra/local/iam/role.ts';
import { needsOf } from '../../../../infra/local/proxy/needs/index.ts';
import { Passage } from '../../../../infra/local/proxy/passage.ts';
import { type EngineProxy, startProxy } from '../../../../infra/local/proxy/proxy.ts';
import { clientOf } from './engines.ts';

const arn = 'arn:aws:sts::123456789012:assumed-role/TesterRole/Tester';
const resources = { shapes: new Map(), account: { id: '123456789012', region: 'us-east-1' }, secrets: [] };
const lines: string[] = [];
const passage = new Passage({
  role: () => new Role(arn, []),
  crash: () => undefined,
  log: (line) => lines.push(line),
});

const proxies: EngineProxy[] = [];
async function before(service: 'dynamodb' | 'sqs' | 'secrets' | 'ssm'): Promise<string> {
  // Nobody is there: what is refused never reaches an engine.
  const options = { service, engine: 'http://127.0.0.1:9', passage };
  const proxy = await startProxy({ ...options, needs: (call) => needsOf(service, call, resources) });
  proxies.push(proxy);
  return proxy.address;
}

let addresses: readonly string[];
beforeAll(async () => {
  addresses = await Promise.all([before('dynamodb'), before('sqs'), before('secrets'), before('ssm')]);
});
afterAll(() => Promise.all(proxies.map((proxy) => proxy.stop())));

test('what a role does not allow is refused in the words of AWS, told in one line, and counted', async () => {
  const [dynamodb = '', sqs = '', secrets = '', ssm = ''] = addresses;
  const table = clientOf(DynamoDBClient, dynamodb);
  const queue = clientOf(SQSClient, sqs);
  const secret = clientOf(SecretsManagerClient, secrets);
  const parameters = clientOf(SSMClient, ssm);
  const said = (action: string, resource: string) =>
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action`;
  const events = 'arn:aws:dynamodb:us-east-1:123456789012:table/Events';
  await expect(
    table.send(new GetItemCommand({ TableName: 'Events', Key: { pk: { S: 'a' } } })),
  ).rejects.toMatchObject({ name: 'AccessDeniedException', message: said('dynamodb:GetItem', events) });
  await expect(
    queue.send(new SendMessageCommand({ QueueUrl: `${sqs}/123456789012/Q`, MessageBody: 'm' })),
  ).rejects.toMatchObject({
    name: 'AccessDenied',
    message: said('sqs:sendmessage', 'arn:aws:sqs:us-east-1:123456789012:Q'),
  });
  await expect(secret.send(new GetSecretValueCommand({ SecretId: 'S' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: said('secretsmanager:GetSecretValue', 'S'),
  });
  await expect(
    parameters.send(new PutParameterCommand({ Name: '/a/b', Value: 'v', Type: 'SecureString' })),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: said('ssm:PutParameter', 'arn:aws:ssm:us-east-1:123456789012:parameter/a/b'),
  });
  expect(lines[0]).toBe(`Tester may not dynamodb:GetItem on ${events}`);
  expect([...passage.refused]).toEqual(lines);
  expect(passage.tally.counts()).toContainEqual({
    ...{ function: 'Tester', service: 'sqs', operation: 'SendMessage', status: 403, times: 1 },
  });
  for (const client of [table, queue, secret, parameters]) client.destroy();
});
