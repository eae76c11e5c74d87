import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ParameterOptions, startParameters } from '../../../../infra/local/engines/parameters.ts';
import { clientOf } from '../proxy/engines.ts';

let folder: string;
let options: ParameterOptions;
let client: SSMClient;
let stop: () => Promise<void>;

async function start(): Promise<void> {
  const engine = await startParameters(options);
  client = clientOf(SSMClient, engine.endpoint);
  stop = async () => {
    client.destroy();
    await engine.stop();
  };
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parameters-'));
  const account = { id: '123456789012', region: 'us-east-1' };
  options = { file: join(folder, 'parameters.json'), account, now: () => 1_000 };
  await start();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const put = (Value: string, more: object = {}) =>
  client.send(new PutParameterCommand({ Name: '/a/b', Value, Type: 'SecureString', ...more }));
const get = async (WithDecryption?: boolean) =>
  (await client.send(new GetParameterCommand({ Name: '/a/b', ...(WithDecryption && { WithDecryption }) })))
    .Parameter;

test('keeps a secret, gives it only to whoever asks for its decryption, and still has it after a restart', async () => {
  expect(await put('geheim')).toMatchObject({ Version: 1, Tier: 'Standard' });
  expect((await get())?.Value).not.toContain('geheim');
  expect((await stat(options.file)).mode & 0o777).toBe(0o600);
  await stop();
  await start();
  expect(await get(true)).toMatchObject({
    Value: 'geheim',
    Type: 'SecureString',
    ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/a/b',
    LastModifiedDate: new Date(1_000),
  });
});

test('overwrites only when told to, and forgets what is deleted', async () => {
  await put('one');
  await expect(put('two')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  expect(await put('two', { Overwrite: true })).toMatchObject({ Version: 2 });
  expect((await get(true))?.Value).toBe('two');
  await client.send(new DeleteParameterCommand({ Name: '/a/b' }));
  await expect(get(true)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await expect(client.send(new DeleteParameterCommand({ Name: '/a/b' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
});

test.each([
  ['a value beyond 4 KB', { Value: 'x'.repeat(4_097) }],
  ['a name that AWS keeps for itself', { Name: '/aws/x' }],
  ['a name with other letters', { Name: '/a b' }],
  ['a key of one’s own', { KeyId: 'alias/mine' }],
  ['another tier', { Tier: 'Advanced' }],
  ['no type for what is new', { Type: undefined }],
])('refuses what it does not do: %s', async (_, more) => {
  await expect(put('v', more)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('knows no other operation, and does not begin anew over a file that it cannot read', async () => {
  await expect(client.send(new GetParametersByPathCommand({ Path: '/a' }))).rejects.toThrow(
    /has no operation GetParametersByPath/,
  );
  await writeFile(options.file, 'torn');
  await expect(startParameters(options)).rejects.toThrow(/cannot be read as parameters/);
});
