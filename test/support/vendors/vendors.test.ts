import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph } from './graph.ts';
import { startMeet } from './meet.ts';
import { startZoom } from './zoom.ts';

let zoom: Awaited<ReturnType<typeof startZoom>>;
let graph: Awaited<ReturnType<typeof startGraph>>;
let meet: Awaited<ReturnType<typeof startMeet>>;
beforeAll(async () => {
  [zoom, graph, meet] = await Promise.all([
    startZoom('user:read'),
    startGraph('User.Read.All'),
    startMeet('openid'),
  ]);
});
afterAll(() => Promise.all([zoom, graph, meet].map((vendor) => vendor.stop())));

const form = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
const json = (url: string, token: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
const said = async (asked: Promise<Response>) => {
  const answer = await asked;
  return [answer.status, (await answer.json()) as Record<string, unknown>] as const;
};
const tokenOf = async (asked: Promise<Response>) => String((await said(asked))[1].access_token);

describe('a fake Zoom refuses', () => {
  const basic = (secret: string) => `Basic ${Buffer.from(`zoom-client:${secret}`).toString('base64')}`;
  const token = (grant_type: string, secret: string) =>
    form(`${zoom.origin}/oauth/token`, { grant_type, account_id: 'acc-1' }, { authorization: basic(secret) });

  it('a wrong secret, a wrong grant, no token, and a token without the scope', async () => {
    expect(await said(token('account_credentials', 'x'))).toMatchObject([400, { error: 'invalid_client' }]);
    expect(await said(token('client_credentials', 'zoom-canary-1'))).toMatchObject([
      400,
      { error: 'unsupported_grant_type' },
    ]);
    const path = `${zoom.origin}/v2/users/me/meetings`;
    expect(await said(json(path, 'x', {}))).toMatchObject([401, { code: 124 }]);
    const narrow = await tokenOf(token('account_credentials', 'zoom-canary-1'));
    expect(await said(json(path, narrow, {}))).toMatchObject([400, { code: 4_711 }]);
  });
});

describe('a fake Microsoft refuses', () => {
  const good = {
    ...{ grant_type: 'client_credentials', client_id: 'graph-client', client_secret: 'graph-canary-1' },
    scope: 'https://graph.microsoft.com/.default',
  };
  const token = (more: object) =>
    form(`${graph.origin}/contoso.example/oauth2/v2.0/token`, { ...good, ...more });

  it('a wrong secret, a wrong scope, JSON for a form, and an app without the permission', async () => {
    expect(await said(token({ client_secret: 'x' }))).toMatchObject([401, { error: 'invalid_client' }]);
    expect(await said(token({ scope: 'openid' }))).toMatchObject([400, { error: 'invalid_scope' }]);
    const wrongForm = json(`${graph.origin}/contoso.example/oauth2/v2.0/token`, '', good);
    expect(await said(wrongForm)).toMatchObject([400, { error: 'invalid_request' }]);
    const path = `${graph.origin}/v1.0/users/u/onlineMeetings`;
    expect(await said(json(path, 'x', {}))).toMatchObject([
      401,
      { error: { code: 'InvalidAuthenticationToken' } },
    ]);
    expect(await said(json(path, await tokenOf(token({})), {}))).toMatchObject([
      403,
      { error: { code: 'Forbidden' } },
    ]);
  });
});

describe('a fake Google refuses', () => {
  const good = {
    ...{ grant_type: 'refresh_token', refresh_token: '1//meet-canary-2' },
    ...{ client_id: 'meet-client.apps.example', client_secret: 'meet-canary-1' },
  };
  const token = (more: object) => form(`${meet.origin}/token`, { ...good, ...more });

  it('a withdrawn token, a wrong client, and a user who did not agree to the scope', async () => {
    expect(await said(token({ refresh_token: 'x' }))).toMatchObject([400, { error: 'invalid_grant' }]);
    expect(await said(token({ client_id: 'x' }))).toMatchObject([401, { error: 'invalid_client' }]);
    const path = `${meet.origin}/v2/spaces`;
    expect(await said(json(path, 'x', {}))).toMatchObject([401, { error: { status: 'UNAUTHENTICATED' } }]);
    expect(await said(json(path, await tokenOf(token({})), {}))).toMatchObject([
      403,
      { error: { status: 'PERMISSION_DENIED' } },
    ]);
  });

  it('fields that it does not know', async () => {
    const other = await startMeet();
    try {
      const path = `${other.origin}/v2/spaces`;
      const allowed = await tokenOf(form(`${other.origin}/token`, good));
      expect(await said(json(path, allowed, { maxParticipants: 5 }))).toMatchObject([
        400,
        { error: { status: 'INVALID_ARGUMENT' } },
      ]);
      expect((await json(path, allowed, {})).status).toBe(200);
    } finally {
      await other.stop();
    }
  });
});
