import { globSync, readFileSync } from 'node:fs';
import { InternalServerError, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { noAnswer, type Send, sdkFor } from './modules.ts';

interface LightClient {
  send(command: object): Promise<unknown>;
}
type Constructor = new (input?: object) => LightClient;

const failed = () => new InternalServerError({ $metadata: { httpStatusCode: 500 }, message: 'failed' });

/** A call by a client of these modules whose tries end like this, one after another. */
async function tries(operation: string, ends: readonly Error[], configuration: object = {}) {
  const calls: object[] = [];
  const send: Send = async (_, name, input) => {
    calls.push({ name, ...(input as object) });
    const end = ends[calls.length - 1];
    if (end !== undefined) throw end;
    return {};
  };
  const modules = sdkFor(send, { token: () => `token-${calls.length}` });
  const { DynamoDBClient } = modules['@aws-sdk/client-dynamodb'] as Record<string, Constructor>;
  const lib = modules['@aws-sdk/lib-dynamodb'] as Record<
    string,
    Constructor & { from(plain: object): LightClient }
  >;
  const Command = lib[`${operation}Command`];
  if (DynamoDBClient === undefined || Command === undefined) throw new Error('The modules lack something');
  const client = lib.DynamoDBDocumentClient?.from(new DynamoDBClient(configuration));
  const error = await client?.send(new Command({ given: true })).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { calls, error };
}

describe('the light SDK', () => {
  it('tries three times when the service fails or does not answer, and says then how it ended', async () => {
    const last = failed();
    expect((await tries('Put', [failed(), noAnswer()])).calls).toHaveLength(3);
    expect(await tries('Put', [failed(), noAnswer(), last])).toMatchObject({
      calls: [{}, {}, {}],
      error: last,
    });
  });

  it('tries a refusal once, and everything once when it was told so', async () => {
    const refused = new TransactionCanceledException({ $metadata: { httpStatusCode: 400 }, message: 'no' });
    expect(await tries('Put', [refused])).toMatchObject({
      calls: [{ name: 'Put', given: true }],
      error: refused,
    });
    expect((await tries('Put', [failed()], { maxAttempts: 1 })).calls).toHaveLength(1);
  });

  it('names a transaction once for all of its tries', async () => {
    const { calls } = await tries('TransactWrite', [failed()]);
    const call = { name: 'TransactWrite', given: true, ClientRequestToken: 'token-0' };
    expect(calls).toEqual([call, call]);
  });

  it('has all that functions import from the SDK', () => {
    const modules = sdkFor(async () => undefined);
    // Of what the simulation plays, nothing reads or writes files, mails in bulk, carries out runbooks or drafts post-mortems: these are not in it yet.
    const files = globSync('functions/**/*.ts').filter(
      (file) => !/aws\/((delivery-|mail-)?files|bulk-mail|automations|invoke-function|model)\.ts$/.test(file),
    );
    const missing = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '(@aws-sdk\/[^']+)'/g)].flatMap(
        ([, names = '', name = '']) =>
          names
            .split(',')
            .map((one) => one.trim())
            .filter((one) => one !== '' && !one.startsWith('type ') && !(one in (modules[name] ?? {})))
            .map((one) => `${file}: ${one} of ${name}`),
      ),
    );
    expect(missing).toEqual([]);
  });
});
