import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { putWhoDoorWrite, subjectOfMail, whoHash } from '../../../functions/aws/doors.ts';
import { putMachineKey } from '../../../functions/aws/organisations.ts';
import { table } from '../../../functions/aws/table.ts';
import type { Caller } from '../../../shared/identity/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { type Issuer, startIssuer } from '../../support/issuer.ts';

const CLIENT = 'console';
const orgs = ['a', 'b'].map((name) => idOf('organisation', 0, name));
const [orgA, orgB] = orgs as [(typeof orgs)[number], (typeof orgs)[number]];

let issuer: Issuer;
let engine: { stop(): Promise<void> };
let handler: typeof import('../../../functions/identity/authorize.authorizer.ts').handler;

beforeAll(async () => {
  [issuer, engine] = await Promise.all([startIssuer(), startDynamoDb()]);
  Object.assign(process.env, {
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: CLIENT,
    OIDC_COMMANDS_CLIENT_ID: 'commands',
  });
  ({ handler } = await import('../../../functions/identity/authorize.authorizer.ts'));
  await member('ann', orgA);
  await member('bob', orgA);
  await member('bob', orgB);
});
afterAll(() => Promise.all([issuer.stop(), engine.stop()]));

const member = (subject: string, org: (typeof orgs)[number]) =>
  table.transact([
    putWhoDoorWrite(whoHash(issuer.url, subject), {
      org,
      person: idOf('person', 0, subject),
      name: subject,
      role: 'manager',
    }),
  ]);

const claims = (sub: string, more = {}) => {
  const now = Math.floor(clock.now() / 1000);
  return { iss: issuer.url, aud: CLIENT, sub, iat: now, exp: now + 3600, name: `${sub} B.`, ...more };
};

const authorize = (authorization: string | undefined, headers = {}) =>
  handler({
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-central-1:123456789012:api/live/GET/api/incidents',
    headers: { ...(authorization && { Authorization: authorization }), ...headers },
    queryStringParameters: null,
  } as unknown as APIGatewayRequestAuthorizerEvent);

const callerOf = async (token: string, headers = {}): Promise<Caller> => {
  const { context } = await authorize(`Bearer ${token}`, headers);
  return JSON.parse(String(context?.caller)) as Caller;
};

describe('a person', () => {
  it('is let in to the only organisation that they belong to, for every method', async () => {
    const token = await issuer.sign(claims('ann', { email: 'ann@example.com', email_verified: true }));
    const result = await authorize(`Bearer ${token}`);
    expect(result.policyDocument.Statement).toEqual([
      {
        Action: 'execute-api:Invoke',
        Effect: 'Allow',
        Resource: 'arn:aws:execute-api:eu-central-1:123456789012:api/live/*',
      },
    ]);
    expect(await callerOf(token)).toMatchObject({
      kind: 'person',
      subject: 'ann',
      email: 'ann@example.com',
      membership: { org: orgA, role: 'manager' },
    });
    for (const value of Object.values(result.context ?? {})) expect(typeof value).toBe('string');
  });

  it('may have signed in by the client of commands as well as by that of the console', async () => {
    expect(await callerOf(await issuer.sign(claims('ann', { aud: 'commands' })))).toMatchObject({
      subject: 'ann',
      membership: { org: orgA },
    });
  });

  it('chooses among several organisations by header, and is told so without one', async () => {
    const token = await issuer.sign(claims('bob'));
    expect(await callerOf(token, { 'X-Organisation': orgB })).toMatchObject({ membership: { org: orgB } });
    const undecided = await callerOf(token);
    expect(undecided).not.toHaveProperty('membership');
    expect(undecided).toMatchObject({ because: expect.stringContaining(orgA) });
  });

  it('[F56] does not get into an organisation of others by naming it', async () => {
    const token = await issuer.sign(claims('ann'));
    expect(await callerOf(token, { 'x-organisation': orgB })).not.toHaveProperty('membership');
  });

  it('without any membership is known, but belongs nowhere', async () => {
    const caller = await callerOf(await issuer.sign(claims('eve')));
    expect(caller).toMatchObject({ kind: 'person', subject: 'eve', because: expect.any(String) });
  });

  it('counts an e-mail only when the issuer verified it', async () => {
    const unverified = { email: 'admin@example.com', email_verified: false };
    expect(await callerOf(await issuer.sign(claims('eve', unverified)))).not.toHaveProperty('email');
    expect(
      await callerOf(await issuer.sign(claims('eve', { email: 'admin@example.com' }))),
    ).not.toHaveProperty('email');
  });

  it('is let in by the address that an administrator gave, when the issuer verified it, and only once', async () => {
    const mail = subjectOfMail('Cid@Example.com');
    await Promise.all([member(mail, orgA), member(subjectOfMail('ann@example.com'), orgA)]);
    const verified = (email: string) => ({ email, email_verified: true });
    const token = (sub: string, more: object) => issuer.sign(claims(sub, more));
    expect(await callerOf(await token('cid', verified('cid@example.COM')))).toMatchObject({
      subject: 'cid',
      membership: { org: orgA, role: 'manager' },
    });
    const unverified = { ...verified('cid@example.com'), email_verified: false };
    expect(await callerOf(await token('eve', unverified))).not.toHaveProperty('membership');
    expect(await callerOf(await token('ann', verified('ann@example.com')))).toHaveProperty('membership');
  });

  it('is looked up once a minute, and not after the end of the token', async () => {
    const token = await issuer.sign(claims('ann', { exp: Math.floor(clock.now() / 1000) + 30 }));
    await callerOf(token);
    const real = clock.now();
    const now = vi.spyOn(clock, 'now').mockReturnValue(real + 31_000);
    await expect(authorize(`Bearer ${token}`)).rejects.toThrow('Unauthorized');
    now.mockRestore();
  });
});

describe('[F55] a token is refused without any detail', () => {
  const hmac = (payload: object) =>
    new SignJWT({ ...payload })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(new TextEncoder().encode(issuer.publicPem.padEnd(32)));
  const past = () => ({ exp: Math.floor(clock.now() / 1000) - 1 });

  it.each<[string, () => Promise<string> | string]>([
    ['no token', () => ''],
    ['no bearer', () => 'Basic YTpi'],
    ['rubbish', () => 'Bearer x.y.z'],
    ['expired', async () => `Bearer ${await issuer.sign(claims('ann', past()))}`],
    [
      'without an end',
      async () => `Bearer ${await issuer.sign({ iss: issuer.url, aud: CLIENT, sub: 'ann' })}`,
    ],
    [
      'of another issuer',
      async () => `Bearer ${await issuer.sign(claims('ann', { iss: 'https://evil.example' }))}`,
    ],
    ['for another client', async () => `Bearer ${await issuer.sign(claims('ann', { aud: 'other' }))}`],
    ['without a signature', () => `Bearer ${new UnsecuredJWT(claims('ann')).encode()}`],
    ['signed with the public key as a secret', async () => `Bearer ${await hmac(claims('ann'))}`],
    [
      'with a kid that walks the path',
      async () => `Bearer ${await issuer.sign(claims('ann'), { kid: '../../one' })}`,
    ],
    ['a machine key that nobody made', () => 'Bearer imk_nobody'],
    ['10 KB of it', () => `Bearer ${'x'.repeat(10_000)}`],
  ])('%s', async (_, make) => {
    await expect(authorize(await make())).rejects.toThrow(/^Unauthorized$/);
  });

  it('signed by a key that the issuer never published', async () => {
    const other = await startIssuer();
    const forged = await other.sign(claims('ann'));
    await other.stop();
    await expect(authorize(`Bearer ${forged}`)).rejects.toThrow(/^Unauthorized$/);
  });

  it('but an issuer that cannot be asked is our fault, not the caller’s', async () => {
    const { tokenChecker } = await import('../../../functions/identity/token.ts');
    const gone = await startIssuer();
    await gone.stop();
    await expect(tokenChecker(gone.url, [CLIENT])(await issuer.sign(claims('ann')))).rejects.toThrow(
      /fetch failed/,
    );
  });
});

describe('what a browser asks before it sends', () => {
  const arn = 'arn:aws:execute-api:eu-central-1:123456789012:api/live';
  const preflight = (headers: Record<string, string>, path = '/api/incidents') =>
    handler({
      ...{ type: 'REQUEST', httpMethod: 'OPTIONS', methodArn: `${arn}/OPTIONS${path}` },
      ...{ headers, queryStringParameters: null },
    } as unknown as APIGatewayRequestAuthorizerEvent);

  it('is let through to OPTIONS alone, as nobody, whatever it brings', async () => {
    const token = `Bearer ${await issuer.sign(claims('ann'))}`;
    for (const headers of [{}, { Authorization: 'Bearer x.y.z' }, { Authorization: token }])
      for (const path of ['/api/incidents', '/api/*', '/'])
        expect(await preflight(headers as Record<string, string>, path)).toEqual({
          principalId: 'preflight',
          policyDocument: {
            Version: '2012-10-17',
            Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${arn}/OPTIONS/*` }],
          },
          context: {},
        });
  });

  it('does not let another method through', async () => {
    await expect(authorize(undefined, { 'X-HTTP-Method-Override': 'OPTIONS' })).rejects.toThrow(
      'Unauthorized',
    );
  });
});

describe('a machine', () => {
  it('is let in with the organisation and the role of its key', async () => {
    const id = idOf('key', 0, 'k');
    await putMachineKey(orgA, 'imk_secret', {
      id,
      name: 'CI',
      role: 'responder',
      createdAt: 0,
      createdBy: 'x',
    });
    expect(await callerOf('imk_secret', { 'x-organisation': orgB })).toEqual({
      kind: 'machine',
      org: orgA,
      id,
      name: 'CI',
      role: 'responder',
    });
  });
});
