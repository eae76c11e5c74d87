import { hkdfSync } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { setting } from './settings.ts';

const client = new SecretsManagerClient({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
});

let secret: string | undefined;

/** The signing key (32 bytes) of one purpose, derived from the system's only secret, which is read once per environment. */
export async function keyFor(purpose: string): Promise<Uint8Array> {
  secret ??= await readSecret();
  return new Uint8Array(hkdfSync('sha256', secret, 'incident-management', purpose, 32));
}

async function readSecret(): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: setting('secret') }));
  if (SecretString === undefined || SecretString === '') throw new Error('The system secret is empty');
  return SecretString;
}
