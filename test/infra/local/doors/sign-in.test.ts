import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { movingClock } from '../../../../infra/local/clock.ts';
import { startShimmed } from '../../../../infra/local/engines/shimmed-worker.ts';
import { type RunningIssuer, serve } from '../../../../infra/local/sign-in/issuer.ts';
import { issuerOptions } from '../../../../infra/local/sign-in/pool.ts';
import { signInAs } from '../../../../infra/local/sign-in/sign-in-as.ts';
import { fakeWorld, made } from '../../../support/fake-world.ts';

const callback = 'http://127.0.0.1:9/console/';
const folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
const client = (id: string, more: Record<string, unknown> = {}) =>
  made(id, 'AWS::Cognito::UserPoolClient', {
    UserPoolId: 'Pool',
    CallbackURLs: [callback],
    LogoutURLs: [callback],
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email'],
    ...more,
  });
const pool = made('Pool', 'AWS::Cognito::UserPool', {});
const user = made('Admin', 'AWS::Cognito::UserPoolUser', {
  UserPoolId: 'Pool',
  Username: 'admin@example.com',
});
const options = (resources = [pool, client('console'), user]) =>
  issuerOptions(pool, fakeWorld({ resources, data: folder }));

let issuer: RunningIssuer;
let url = '';
beforeAll(async () => {
  issuer = await serve(options());
  url = `http://127.0.0.1:${issuer.ready}`;
});
afterAll(async () => {
  await issuer.stop();
  rmSync(folder, { recursive: true });
});

const keys = async (at = url) => createLocalJWKSet(await (await fetch(`${at}/.well-known/jwks.json`)).json());
const authorize = (more: Record<string, string>) => {
  const query = {
    client_id: 'console',
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid email',
    ...more,
  };
  return fetch(`${url}/oauth2/authorize?${new URLSearchParams(query)}`, { redirect: 'manual' });
};
const challenge = (verifier: string) => ({
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
});

describe('an ID token', () => {
  test('says who signed in, as a token of Cognito does', async () => {
    const { idToken } = await signInAs(url, 'Sam@Example.com');
    const { payload } = await jwtVerify(idToken, await keys(), { issuer: url, audience: 'console' });
    expect(payload).toMatchObject({
      email: 'sam@example.com',
      email_verified: true,
      token_use: 'id',
      aud: 'console',
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(30 * 24 * 3600);
  });

  test('has the same subject for the same address, and another for another', async () => {
    const subject = async (email: string) =>
      (await jwtVerify((await signInAs(url, email)).idToken, await keys())).payload.sub;
    const [sam, again, kim] = [
      await subject('sam@example.com'),
      await subject(' SAM@example.com'),
      await subject('kim@example.com'),
    ];
    expect([again === sam, kim === sam]).toEqual([true, false]);
    expect(sam).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('is still good after a restart', async () => {
    const { idToken } = await signInAs(url, 'sam@example.com');
    const again = await serve(options());
    await expect(
      jwtVerify(idToken, await keys(`http://127.0.0.1:${again.ready}`), { issuer: url }),
    ).resolves.toBeDefined();
    await again.stop();
  });

  test('lives by the clock of the local system', async () => {
    const clock = movingClock();
    const moved = await startShimmed(
      new URL('../../../../infra/local/sign-in/issuer.ts', import.meta.url),
      options(),
      clock,
    );
    clock.move(100 * 24 * 3_600_000);
    const at = `http://127.0.0.1:${moved.ready}`;
    const { idToken } = await signInAs(at, 'sam@example.com');
    await moved.stop();
    const { payload } = await jwtVerify(idToken, await keys(), {
      issuer: at,
      currentDate: new Date(clock.now()),
    });
    expect(Math.abs(Number(payload.iat) * 1000 - clock.now())).toBeLessThan(10_000);
  });
});

describe('PKCE', () => {
  /** A code for a challenge, by the steps of a browser. */
  async function codeFor(verifier: string): Promise<string> {
    const first = await authorize(challenge(verifier));
    const login = new URL(first.headers.get('location') ?? '', url);
    const cookies = (response: Response) => response.headers.getSetCookie().map((line) => line.split(';')[0]);
    const form = {
      method: 'POST',
      body: new URLSearchParams({ email: 'sam@example.com' }),
      redirect: 'manual' as const,
    };
    const second = await fetch(login, { ...form, headers: { cookie: cookies(first).join('; ') } });
    const resume = second.headers.get('location') ?? '';
    const third = await fetch(resume, {
      redirect: 'manual',
      headers: { cookie: [...cookies(first), ...cookies(second)].join('; ') },
    });
    return new URL(third.headers.get('location') ?? '').searchParams.get('code') ?? '';
  }
  const redeem = async (code: string, verifier: string) => {
    const body = {
      grant_type: 'authorization_code',
      client_id: 'console',
      redirect_uri: callback,
      code,
      code_verifier: verifier,
    };
    const response = await fetch(`${url}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(body),
      headers: { origin: 'http://127.0.0.1:9' },
    });
    return [
      response.status,
      await response.json(),
      response.headers.get('access-control-allow-origin'),
    ] as const;
  };

  test('gives tokens to who has the verifier, once, also to a page of another port', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const code = await codeFor(verifier);
    const [status, tokens, origin] = await redeem(code, verifier);
    expect([status, origin]).toEqual([200, 'http://127.0.0.1:9']);
    expect(tokens).toMatchObject({
      id_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
    });
    expect((await redeem(code, verifier))[0]).toBe(400);
  });

  test('gives tokens that live as long as the client declares, or as those of Cognito', async () => {
    const declared = { IdTokenValidity: 20, TokenValidityUnits: { IdToken: 'minutes' } };
    const verifier = randomBytes(32).toString('base64url');
    const [, tokens] = await redeem(await codeFor(verifier), verifier);
    const { iat, exp } = decodeJwt((tokens as { id_token: string }).id_token);
    expect(Number(exp) - Number(iat)).toBe(3600);
    const [client_] = options([pool, client('console', declared)]).clients;
    expect(client_?.lifetimes).toEqual({ IdToken: 1_200, AccessToken: 3_600, RefreshToken: 30 * 24 * 3_600 });
  });

  test('refuses a wrong verifier', async () => {
    const code = await codeFor(randomBytes(32).toString('base64url'));
    expect(await redeem(code, randomBytes(32).toString('base64url'))).toMatchObject([
      400,
      { error: 'invalid_grant' },
      expect.anything(),
    ]);
  });

  test('is required', async () => {
    const response = await authorize({});
    expect(response.headers.get('location')).toContain('error=invalid_request');
  });
});

describe('the login page', () => {
  const open = async (more: Record<string, string> = {}) => {
    const first = await authorize({ ...challenge('x'.repeat(43)), ...more });
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const address = new URL(first.headers.get('location') ?? '', url);
    return (init: RequestInit = {}) => fetch(address, { redirect: 'manual', ...init, headers: { cookie } });
  };

  test('says that it is the local one, and offers the address that the application hints at', async () => {
    const page = await (await open({ login_hint: '"><script>' }))();
    const text = await page.text();
    expect([page.status, text]).toEqual([200, expect.stringContaining('Local sign-in')]);
    expect(text).toContain('value="&#34;&#62;&#60;script&#62;"');
    expect(text).toContain('<option value="admin@example.com">');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('asks again when the address is none', async () => {
    const response = await (await open())({ method: 'POST', body: new URLSearchParams({ email: 'nobody' }) });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('Please enter an e-mail address'),
    ]);
  });

  test('does not open without a request to sign in', async () => {
    const response = await fetch(`${url}/login/unknown`);
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('start again from the application'),
    ]);
  });
});

test('an address to come back to that no client declares is refused', async () => {
  const response = await authorize({ ...challenge('x'.repeat(43)), redirect_uri: 'https://evil.example/' });
  expect([response.status, response.headers.get('location')]).toEqual([400, null]);
});

describe('signing out', () => {
  const leave = (to: string) =>
    fetch(`${url}/logout?client_id=console&logout_uri=${encodeURIComponent(to)}&state=s`, {
      redirect: 'manual',
    });

  test('ends the session and goes back to the application', async () => {
    const response = await leave(callback);
    expect([response.status, response.headers.get('location')]).toEqual([302, `${callback}?state=s`]);
    expect(response.headers.getSetCookie().join()).toMatch(/local_sign_in=; path=\/; max-age=0/);
  });

  test('goes nowhere else', async () => {
    expect((await leave('https://evil.example/')).status).toBe(400);
  });
});

test('discovery names the paths of Cognito', async () => {
  const found = (await (await fetch(`${url}/.well-known/openid-configuration`)).json()) as Record<
    string,
    string
  >;
  expect(found).toMatchObject({
    issuer: url,
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/oauth2/token`,
    userinfo_endpoint: `${url}/oauth2/userInfo`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    code_challenge_methods_supported: ['S256'],
  });
});

test('a client with a secret, or with another flow, is refused at start, by name', () => {
  expect(() => options([pool, client('secret', { GenerateSecret: true })])).toThrow(
    'secret: the local sign-in serves public clients',
  );
  expect(() => options([pool, client('old', { AllowedOAuthFlows: ['implicit'] })])).toThrow(
    'old: the local sign-in knows the code flow only',
  );
});
