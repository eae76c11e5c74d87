import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';

const client = new SSMClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

/** Keeps a secret in Parameter Store, encrypted under the key that AWS manages for it, in place of the one that was there. */
export async function putSecretParameter(name: string, value: string): Promise<void> {
  const input = { Name: name, Value: value, Type: 'SecureString', Overwrite: true } as const;
  await client.send(new PutParameterCommand(input));
}

/** A secret of Parameter Store; undefined when there is none of this name. */
export async function readSecretParameter(name: string): Promise<string | undefined> {
  return unlessMissing(async () => {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value;
  });
}

/** Removes a secret; when there is none, all is well. */
export async function removeSecretParameter(name: string): Promise<void> {
  await unlessMissing(() => client.send(new DeleteParameterCommand({ Name: name })));
}

async function unlessMissing<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
