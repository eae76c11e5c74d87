import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { eachVisit } from './each-visit.ts';
import { alerts, configured, facts, me, members, open } from './sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { clientId, type System } from './system.ts';

const [incident] = open;
const path = `/incidents/${incident?.id}`;
const HOUR = 3_600_000;

describe.skipIf(browserMissing)(`a session${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let renewals: Route[];

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    renewals = [];
    await page.route(`${system.issuer}/oauth2/token`, (route) => void renewals.push(route));
    await page.clock.install();
  });

  /** Opens an incident with a session that can be renewed; from `refuse` on, the API takes its first token no more. */
  async function goOn() {
    const key = `oidc.user:${system.issuer}:${clientId}`;
    const now = await page.evaluate(() => Date.now());
    const session = {
      ...{ id_token: system.idToken, access_token: 'a', refresh_token: 'r', token_type: 'Bearer' },
      ...{ scope: 'openid', profile: claimsOf(system.idToken), expires_at: Math.floor(now / 1_000) + 3_600 },
    };
    await page.addInitScript(
      ([name, value]) => {
        if (sessionStorage.length === 0) sessionStorage.setItem(name ?? '', value ?? '');
      },
      [key, JSON.stringify(session)],
    );
    let isRefused = false;
    const refused: Call[] = [];
    system.api.use((call) => {
      if (!isRefused || call.headers.authorization !== `Bearer ${system.idToken}`) return answer(call);
      refused.push(call);
      return refusal(401, 'unauthenticated', 'The token has expired.');
    });
    await page.goto(`${system.site.address}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const refuse = () => {
      isRefused = true;
    };
    return { key, refused, refuse };
  }
  const renewing = () => expect.poll(() => renewals.length).toBeGreaterThan(0);
  const renew = (at: number) =>
    renewals[at]?.fulfill({
      headers: { 'access-control-allow-origin': system.site.address },
      json: renewedFrom(system.idToken),
    });

  test('is renewed once, however many calls were refused meanwhile, and goes on with the new token', async () => {
    const { refused, refuse } = await goOn();
    refuse();
    await page.clock.fastForward(2 * HOUR);
    await renewing();
    await expect.poll(() => new Set(refused.map((call) => call.path)).size).toBeGreaterThan(1);
    await page.clock.runFor(10_000);
    expect(renewals).toHaveLength(1);
    const sent = renewedFrom(system.idToken).id_token;
    await renew(0);
    const lastToken = async () => {
      await page.clock.runFor(3_000);
      return system.api.calls.at(-1)?.headers.authorization;
    };
    await expect.poll(lastToken).toBe(`Bearer ${sent}`);
    expect(renewals).toHaveLength(1);
    expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(0);
  });

  test('that is left while it is renewed stays left, and is not renewed again', async () => {
    const { key } = await goOn();
    // The issuer is slow: until it answers, this page lives on.
    const away = Promise.withResolvers<void>();
    await page.route(`${system.issuer}/logout**`, async (route) => {
      await route.fulfill({ status: 204 });
      away.resolve();
    });
    await page.evaluate(() => sessionStorage.setItem('room inc_1', 'What Ada did not send.'));
    await page.clock.fastForward(HOUR + 1_000);
    await renewing();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await away.promise;
    const answered = page.waitForResponse(/oauth2.token/);
    await renew(0);
    await answered;
    await page.clock.runFor(10_000);
    expect(await page.evaluate((name) => sessionStorage.getItem(name), key)).toBeNull();
    // Whoever signs in next in this tab would say it as their own.
    expect(await page.evaluate(() => sessionStorage.getItem('room inc_1'))).toBeNull();
    expect(renewals).toHaveLength(1);
  });

  test('that cannot be read when it expires ends, and says so', async () => {
    const { key } = await goOn();
    await page.evaluate((name) => sessionStorage.setItem(name, 'no JSON'), key);
    await page.clock.fastForward(HOUR + 1_000);
    await page.getByText(/^Signing in did not work/).waitFor();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});

function answer({ path: asked, query }: Call) {
  if (asked === '/api/me') return { body: me(1) };
  if (asked === '/api/config') return { body: configured };
  if (asked === '/api/members') return { body: members };
  if (asked.endsWith('/alerts')) return { body: alerts };
  if (asked.endsWith('/facts'))
    return { body: { items: facts.slice(Number(query.after)), last: facts.length } };
  return asked.endsWith(path) ? { body: incident } : undefined;
}

const claimsOf = (token: string): object =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** What the issuer answers to a renewal; the browser leaves it to the API to verify the signature. */
function renewedFrom(token: string) {
  const [header, , signature] = token.split('.');
  const claims = Buffer.from(JSON.stringify({ ...claimsOf(token), renewed: true })).toString('base64url');
  const renewed = { access_token: 'b', refresh_token: 'r', token_type: 'Bearer', expires_in: 36_000 };
  return { ...renewed, id_token: `${header}.${claims}.${signature}` };
}
