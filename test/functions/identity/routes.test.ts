import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
  VerifyEmailIdentityCommand,
} from '@aws-sdk/client-ses';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { findKey, findWho, subjectOfMail } from '../../../functions/aws/doors.ts';
import { table } from '../../../functions/aws/table.ts';
import { toContext } from '../../../functions/edge/caller.ts';
import { log } from '../../../functions/edge/log.ts';
import type { PersonCaller } from '../../../shared/identity/index.ts';
import { type Role, SECOND } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { httpEvent, lambdaContext, type TestRequest } from '../../support/http-event.ts';

let engine: { stop(): Promise<void> };
let handler: (
  event: APIGatewayProxyEvent,
  context: typeof lambdaContext,
) => Promise<{ statusCode: number; body: string }>;

/** An account outside of the SES sandbox, unless a test says otherwise. */
const ses = mockClient(SESClient);
ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 50_000 });

beforeAll(async () => {
  engine = await startDynamoDb();
  Object.assign(process.env, {
    ADMINISTRATOR_EMAIL: 'Admin@Example.com',
    ORGANISATION_NAME: 'Acme of the settings',
    CONSOLE_URL: 'https://console.example',
    OIDC_ISSUER: admin.issuer,
    SOCKET_ENDPOINT: 'https://socket.example',
  });
  ({ handler } = await import('../../../functions/identity/routes.ts'));
});
afterAll(async () => {
  ses.restore();
  await engine.stop();
});

const admin: PersonCaller = {
  kind: 'person',
  issuer: 'https://issuer.example',
  subject: 'admin',
  name: 'Ada Admin',
  email: 'admin@example.com',
};

async function call(caller: PersonCaller, request: TestRequest) {
  const result = await handler(httpEvent({ ...request, authorizer: toContext(caller) }), lambdaContext);
  return { status: result.statusCode, json: result.body === '' ? undefined : JSON.parse(result.body) };
}

/** A new organisation and its administrator as the authorizer would then know them. */
async function organisation(name = 'Acme'): Promise<PersonCaller> {
  const { json } = await call(admin, { method: 'POST', path: '/api/organisations', body: { name } });
  const membership = (await findWho(admin.issuer, admin.subject)).find(({ org }) => org === json.id);
  if (membership === undefined) throw new Error('The administrator did not become a member');
  return { ...admin, membership };
}

const inRole = (caller: PersonCaller, role: Role): PersonCaller =>
  caller.membership ? { ...caller, membership: { ...caller.membership, role } } : caller;

describe('an organisation', () => {
  it('is made by the administrator of the settings, who becomes its first member', async () => {
    const { status, json } = await call(admin, {
      method: 'POST',
      path: '/api/organisations',
      body: { name: ' Acme ' },
    });
    expect([status, json.name]).toEqual([201, 'Acme']);
    const me = await call(admin, { path: '/api/me' });
    expect(me.json.organisations).toContainEqual(
      expect.objectContaining({ id: json.id, name: 'Acme', role: 'administrator' }),
    );
  });

  it('[F62] is made once under one Idempotency-Key, also by somebody who has none yet and also at the same time', async () => {
    const founder = { ...admin, subject: 'founder' };
    const [headers, path] = [{ 'idempotency-key': 'first' }, '/api/organisations'];
    const create = (name: string) => call(founder, { method: 'POST', path, body: { name }, headers });
    const [one, two] = await Promise.all([create('Acme'), create('Acme')]);
    const again = await create('Acme');
    const [made, ...others] = [one, two].filter(({ status }) => status === 201);
    for (const other of others) expect(other).toEqual(made);
    expect(again).toEqual(made);
    expect((await create('Other')).status).toBe(422);
    expect(await findWho(founder.issuer, founder.subject)).toHaveLength(1);
  });

  it('[F62] whose first request died after storing it is answered for at the repetition', async () => {
    const founder = { ...admin, subject: 'unlucky' };
    const headers = { 'idempotency-key': 'k' };
    const request = { method: 'POST', path: '/api/organisations', body: { name: 'Acme' }, headers } as const;
    const died = vi.spyOn(table, 'put').mockRejectedValueOnce(new Error('died'));
    const logged = vi.spyOn(log, 'error').mockImplementation(() => undefined);
    expect((await call(founder, request)).status).toBe(500);
    expect(logged).toHaveBeenCalledOnce();
    for (const spy of [died, logged]) spy.mockRestore();
    const now = clock.now() + 31 * SECOND;
    const later = vi.spyOn(clock, 'now').mockReturnValue(now);
    const { status, json } = await call(founder, request);
    later.mockRestore();
    expect(status).toBe(201);
    expect(await findWho(founder.issuer, founder.subject)).toMatchObject([{ org: json.id }]);
  });

  it('is not made by anybody else, nor by an unverified address, nor by a machine', async () => {
    const { email: _, ...unverified } = admin;
    for (const caller of [unverified, { ...admin, email: 'eve@example.com' }]) {
      const { status } = await call(caller, {
        method: 'POST',
        path: '/api/organisations',
        body: { name: 'X' },
      });
      expect(status).toBe(403);
    }
  });

  it('gives its founder one person id in all organisations', async () => {
    const [a, b] = [await organisation('A'), await organisation('B')];
    expect(a.membership?.org).not.toBe(b.membership?.org);
    expect(a.membership?.person).toBe(b.membership?.person);
  });

  it('lists its people', async () => {
    const caller = await organisation();
    const { json } = await call(inRole(caller, 'viewer'), { path: '/api/members' });
    expect(json.items).toEqual([
      {
        person: caller.membership?.person,
        name: 'Ada Admin',
        email: 'admin@example.com',
        role: 'administrator',
      },
    ]);
  });
});

describe('a member', () => {
  const cid = { name: 'Cid', email: 'cid@example.com', role: 'responder' } as const;
  const add = (caller: PersonCaller, body: object = cid, headers = {}) =>
    call(caller, { method: 'POST', path: '/api/members', body, headers });
  const remove = (caller: PersonCaller, person: string) =>
    call(caller, { method: 'DELETE', path: `/api/members/${person}` });
  const doorsOf = (email: string) => findWho(admin.issuer, subjectOfMail(email));
  /** The administrator that was added, as the authorizer would then know them. */
  const another = async (caller: PersonCaller, email: string): Promise<PersonCaller> => {
    await add(caller, { name: 'Bea', email, role: 'administrator' });
    const [membership] = await doorsOf(email);
    if (!membership) throw new Error('Nobody was added');
    return { ...admin, subject: email, email, membership };
  };

  it('is added by address, and comes in by the address that the issuer verified', async () => {
    const caller = await organisation();
    const { status, json } = await add(caller);
    expect([status, json]).toEqual([201, { ...cid, person: expect.stringMatching(/^per_/) }]);
    const invited = { ...admin, subject: 'cid', name: 'Cid', email: 'CID@example.com' };
    expect((await call(invited, { path: '/api/me' })).json.organisations).toMatchObject([
      { id: caller.membership?.org, role: 'responder', person: json.person },
    ]);
  });

  it('whose address SES does not know is told to be asked for it, while the account is in the sandbox', async () => {
    const caller = await organisation();
    ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 200 });
    ses.on(GetIdentityVerificationAttributesCommand).resolves({ VerificationAttributes: {} });
    ses.on(VerifyEmailIdentityCommand).resolves({});
    const { status, json } = await add(caller, { ...cid, email: 'new@example.com' });
    ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 50_000 });
    expect(status).toBe(201);
    expect(json.mail).toMatchObject([{ email: 'new@example.com', state: 'asked' }]);
    const { json: listed } = await call(caller, { path: '/api/members' });
    expect(listed.items.map(({ email }: { email: string }) => email)).toContain('new@example.com');
    expect(JSON.stringify(listed)).not.toContain('sandbox');
  });

  it('is added once by each address, whatever its letters, and once under one Idempotency-Key', async () => {
    const caller = await organisation();
    const headers = { 'idempotency-key': 'k1' };
    const email = 'dee@example.com';
    const first = await add(caller, { ...cid, email }, headers);
    expect(await add(caller, { ...cid, email }, headers)).toEqual(first);
    expect((await add(caller, { ...cid, email: 'DEE@example.com' })).status).toBe(409);
    expect((await add(caller, { ...cid, email: admin.email })).status).toBe(409);
    expect((await call(caller, { path: '/api/members' })).json.items).toHaveLength(2);
  });

  it('is not added by who is not an administrator, nor by an address that is none', async () => {
    const caller = await organisation();
    expect((await add(inRole(caller, 'manager'))).status).toBe(403);
    expect((await add(caller, { ...cid, email: 'cid' })).status).toBe(400);
  });

  it('is removed with the door, once, and not by or from another organisation', async () => {
    const [caller, other] = [await organisation('A'), await organisation('B')];
    const email = 'fay@example.com';
    const { person } = (await add(caller, { ...cid, email })).json;
    expect((await remove(other, person)).status).toBe(404);
    expect(await doorsOf(email)).toHaveLength(1);
    expect((await remove(caller, person)).status).toBe(204);
    expect((await remove(caller, person)).status).toBe(404);
    expect(await doorsOf(email)).toEqual([]);
  });

  it('never removes themselves, and of two administrators who remove each other one stays', async () => {
    const caller = await organisation();
    const bea = await another(caller, 'bea@example.com');
    expect((await remove(caller, caller.membership?.person ?? '')).status).toBe(409);
    const both = await Promise.all([
      remove(caller, bea.membership?.person ?? ''),
      remove(bea, caller.membership?.person ?? ''),
    ]);
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1);
    const [left, ...more] = (await call(caller, { path: '/api/members' })).json.items;
    expect([left.role, more]).toEqual(['administrator', []]);
  });
});

describe('a machine key', () => {
  const create = (caller: PersonCaller, headers = {}) =>
    call(caller, { method: 'POST', path: '/api/keys', body: { name: 'CI', role: 'responder' }, headers });

  it('shows its secret once and is kept only as a hash', async () => {
    const caller = await organisation();
    const { status, json } = await create(caller);
    expect(status).toBe(201);
    expect(json.secret).toMatch(/^imk_[\w-]{43}$/);
    const list = await call(caller, { path: '/api/keys' });
    expect(list.json.items).toEqual([
      expect.objectContaining({ id: json.id, name: 'CI', role: 'responder' }),
    ]);
    expect(JSON.stringify(list.json)).not.toContain(json.secret);
    const partition = schema.machineKey.partition({ org: caller.membership?.org ?? '' });
    expect(JSON.stringify(await table.query({ partition }))).not.toContain(json.secret);
    expect(await findKey(json.secret)).toMatchObject({ kind: 'machine', id: json.id, role: 'responder' });
  });

  it('[F62] is not made twice under one Idempotency-Key, and its secret is not repeated', async () => {
    const caller = await organisation();
    const headers = { 'idempotency-key': 'k1' };
    expect((await create(caller, headers)).status).toBe(201);
    const again = await create(caller, headers);
    expect(again.status).toBe(409);
    expect(JSON.stringify(again.json)).not.toContain('imk_');
    expect((await call(caller, { path: '/api/keys' })).json.items).toHaveLength(1);
  });

  it('is withdrawn with its door, and once', async () => {
    const caller = await organisation();
    const { json } = await create(caller);
    const path = `/api/keys/${json.id}`;
    expect((await call(caller, { method: 'DELETE', path })).status).toBe(204);
    expect((await call(caller, { method: 'DELETE', path })).status).toBe(404);
    expect(await findKey(json.secret)).toBeUndefined();
  });

  it('[F56] of another organisation is not seen and not withdrawn', async () => {
    const [a, b] = [await organisation('A'), await organisation('B')];
    const { json } = await create(a);
    expect((await call(b, { path: '/api/keys' })).json.items).toEqual([]);
    expect((await call(b, { method: 'DELETE', path: `/api/keys/${json.id}` })).status).toBe(404);
    expect(await findKey(json.secret)).toBeDefined();
  });
});
