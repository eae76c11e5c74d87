import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
  VerifyEmailIdentityCommand,
} from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toContext } from '../../../functions/edge/caller.ts';
import type { PersonCaller } from '../../../shared/identity/index.ts';
import type { OrganisationId } from '../../../shared/kernel/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { call } from '../../support/function-world.ts';
import type { TestRequest } from '../../support/http-event.ts';

let engine: { stop(): Promise<void> };
let handler: Parameters<typeof call>[0];
let organisations: typeof import('../../../functions/aws/organisations.ts');

/** An account in the SES sandbox that knows no address. */
const ses = mockClient(SESClient);
ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 200 });
ses.on(GetIdentityVerificationAttributesCommand).resolves({});
ses.on(VerifyEmailIdentityCommand).resolves({});

beforeAll(async () => {
  engine = await startDynamoDb();
  Object.assign(process.env, {
    ADMINISTRATOR_EMAIL: 'Admin@Acme.io',
    ORGANISATION_NAME: 'Acme',
    CONSOLE_URL: 'https://console.example',
    OIDC_ISSUER: 'https://issuer.example',
    SOCKET_ENDPOINT: 'https://socket.example',
  });
  ({ handler } = await import('../../../functions/identity/routes.ts'));
  organisations = await import('../../../functions/aws/organisations.ts');
});
afterAll(async () => {
  ses.restore();
  await engine.stop();
});

/** The administrator of the settings at an issuer of this test's own, since there is one first organisation for each. */
const administrator = (name: string): PersonCaller => ({
  kind: 'person',
  issuer: `https://issuer.example/${name}`,
  subject: 'admin',
  name: 'admin@acme.io',
  email: 'admin@acme.io',
});

const ask = (caller: PersonCaller, request: TestRequest = { path: '/api/me' }) =>
  call(handler, { ...request, authorizer: toContext(caller) });

describe('the first sign-in of the administrator of the settings', () => {
  it('makes the organisation of the settings, with them as its administrator', async () => {
    const { status, body } = await ask(administrator('one'));
    expect([status, body]).toEqual([
      200,
      {
        kind: 'person',
        name: 'admin@acme.io',
        email: 'admin@acme.io',
        organisations: [
          {
            id: expect.stringMatching(/^org_/),
            name: 'Acme',
            role: 'administrator',
            person: expect.stringMatching(/^per_/),
          },
        ],
      },
    ]);
    expect((await ask(administrator('one'))).body).toEqual(body);
  });

  it('makes one also from several tabs at once, and all of them see it', async () => {
    const tabs = await Promise.all([1, 2, 3, 4].map(() => ask(administrator('tabs'))));
    expect(new Set(tabs.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(tabs[0]?.body.organisations).toHaveLength(1);
  });

  it('has SES ask their address to confirm itself, once, or the first page would be refused', async () => {
    ses.resetHistory();
    for (const _ of [1, 2]) await ask(administrator('sandbox'));
    const calls = ses.commandCalls(VerifyEmailIdentityCommand);
    expect(calls.map(({ args: [{ input }] }) => input)).toEqual([{ EmailAddress: 'admin@acme.io' }]);
  });

  it('is no longer the first after somebody removed them from it', async () => {
    const caller = administrator('removed');
    const [{ id, person }] = (await ask(caller)).body.organisations as [
      { id: OrganisationId; person: string },
    ];
    const member = (await organisations.listMembers(id)).find((one) => one.person === person);
    if (!member) throw new Error('The founder is not listed');
    expect(await organisations.removeMember(id, member, undefined)).toBe(true);
    const { body } = await ask(caller);
    expect(body.organisations).toEqual([]);
    expect(body.because).toContain('Ask an administrator');
  });
});

describe('the first sign-in of anybody else', () => {
  it('makes nothing and says what to do', async () => {
    const { status, body } = await ask({ ...administrator('eve'), email: 'eve@acme.io', name: 'Eve' });
    expect([status, body.organisations]).toEqual([200, []]);
    expect(body.because).toBe(
      'No organisation has a member with the address eve@acme.io. Ask an administrator to add this very address, then reload.',
    );
  });

  it('with the address of the administrator, but not verified, makes nothing and says so', async () => {
    const { email: _, ...unverified } = administrator('unverified');
    const { body } = await ask(unverified);
    expect([body.organisations, body.because]).toEqual([[], expect.stringContaining('is verified')]);
    expect((await ask(administrator('unverified'))).body.organisations).toHaveLength(1);
  });
});
