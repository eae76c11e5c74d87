import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { incidents, listed, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { alerts, facts, me, open, organisations } from './sample.ts';
import { type Call, type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const [first, second] = open;
const id = first?.id ?? '';

describe.skipIf(browserMissing)(`what people do${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
  });

  /** Answers as for a member; what `respond` answers comes first. */
  const use = (respond: Respond, role?: 'viewer') =>
    system.api.use((call) => respond(call) ?? organisation(call, role) ?? incidents(call));
  const go = async (path: string) => {
    await signedIn(page, system);
    await page.goto(`${system.site.address}${path}`);
  };
  const calls = (method: string, path: RegExp): Call[] =>
    system.api.calls.filter((call) => call.method === method && path.test(call.path));

  test('a link to an incident survives signing in, and the API gets the ID token and no organisation', async () => {
    use(() => undefined);
    await page.goto(`${system.site.address}/incidents/${id}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: first?.title ?? '' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(`/incidents/${id}`);
    const [call] = calls('GET', /room$/);
    expect(claims(call)).toMatchObject({ token_use: 'id', email: 'ada@example.com' });
    expect(call?.headers['x-organisation']).toBeUndefined();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('id_token');
  });

  test('the list follows by itself, and says so when it cannot', async () => {
    let answer: ReturnType<Respond> = { body: { items: [] } };
    use(({ path }) => (path === '/api/incidents' ? answer : undefined));
    await page.clock.install();
    const later = () => page.clock.fastForward(3_000);
    await go('/');
    await page.getByText('Nothing is open').waitFor();
    answer = { body: { items: open.map(listed) } };
    await later();
    await page.getByText('INC-128').waitFor();
    answer = refusal(503, 'unavailable', 'The table is busy.');
    await later();
    await page
      .getByText('Not up to date: The table is busy. (request req-1) This page keeps trying.')
      .waitFor();
    expect(await page.getByText('INC-128').isVisible()).toBe(true);
    answer = { body: { items: [] } };
    await later();
    await page.getByText('Nothing is open').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('open and resolved are addresses of their own, also for the back button', async () => {
    use(() => undefined);
    await go('/');
    await page.getByText('INC-128').waitFor();
    await page.getByRole('link', { name: 'Resolved' }).click();
    await page.getByText('INC-126').waitFor();
    expect(page.url()).toMatch(/\/incidents\?state=resolved$/);
    await page.goBack();
    await page.getByText('INC-128').waitFor();
  });

  test('acknowledging works with the keyboard alone, and the keyboard stays where it was', async () => {
    let incident: unknown = first;
    use(({ method, path }) => {
      if (method !== 'PATCH') return path === `/api/incidents/${id}` ? { body: incident } : undefined;
      incident = { ...second, id };
      return { body: incident };
    });
    await go('/');
    await page.getByText('INC-128').waitFor();
    await press(page, first?.title ?? '');
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
    await press(page, 'Acknowledge');
    await page.getByText('Acknowledged. The escalation has stopped.').waitFor();
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor({ state: 'detached' });
    expect(calls('PATCH', /./).map(({ body }) => body)).toEqual([{ state: 'acknowledged' }]);
    for (const next of ['Why is this incident as it is?', 'Why was I paged, or not?', 'Room']) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(next);
    }
  });

  test('resolving tells how far the log had been read', async () => {
    use(({ method }) => (method === 'PATCH' ? { body: second } : undefined));
    await go(`/incidents/${id}`);
    await page.getByText('Rolling back now').first().waitFor();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('Resolved.', { exact: true }).waitFor();
    expect(calls('PATCH', /./).map(({ body }) => body)).toEqual([
      { state: 'resolved', seen: facts.at(-1)?.seq },
    ]);
  });

  test('the log names whom a page went to, from the members and from the configuration', async () => {
    use(() => undefined);
    await go(`/incidents/${id}`);
    await page.getByText('Paged level 1: Grace Hopper, Ada Lovelace.').waitFor();
  });

  test('an incident says what is wrong, why its alerts are one, and what to do', async () => {
    use(() => undefined);
    await go(`/incidents/${id}`);
    const said = page.locator('.said');
    await said.waitFor();
    // Without the title, which its sender put first once more.
    expect(await said.innerText()).toBe(
      '31 % of 4,200 requests a minute fail since the deploy of 10:02.\n\nRoll back first, ask later.',
    );
    await page.getByText('service=checkout', { exact: true }).waitFor();
    const runbook = page.getByRole('link', { name: 'https://wiki.example.com/runbooks/checkout#errors' });
    expect(await runbook.getAttribute('href')).toBe('https://wiki.example.com/runbooks/checkout#errors');
  });

  test('an incident shows its alerts, how they stand, how often they were received and until when that is counted', async () => {
    use(() => undefined);
    await go(`/incidents/${id}`);
    await page.getByRole('tab', { name: 'Alerts' }).click();
    await page.locator('.alerts').waitFor();
    const lines = (await page.locator('.alerts li').allInnerTexts()).map((line) =>
      line.replaceAll('\n', ' '),
    );
    expect(lines).toEqual([
      expect.stringMatching(
        /Firing.*Error rate above 30 % pod=checkout-7f9c4d5b8-x2x4z received 1,201 times, last 2 min ago/,
      ),
      expect.stringMatching(/Firing.*Latency p99 above 4 s.*received once, 4 min ago/),
      expect.stringMatching(/Cleared.*Health check/),
    ]);
    expect(lines[2]).not.toContain('received');
    expect(await page.locator('.alerts + p').innerText()).toMatch(/^Counted until .*\.$/);
  });

  test.each([
    [0, 'How often each was received is counted about a minute later.'],
    [undefined, ''],
  ])('alerts of which %s were counted say so', async (received, words) => {
    const items = alerts.items.map(({ received: _, lastReceivedAt: __, ...alert }) => ({
      ...alert,
      received,
    }));
    use(({ path }) => (path.endsWith('/alerts') ? { body: { ...alerts, items } } : undefined));
    await go(`/incidents/${id}`);
    await page.getByRole('tab', { name: 'Alerts' }).click();
    await page.locator('.alerts').waitFor();
    expect(await page.locator('.alerts + p').innerText()).toBe(words);
  });

  test('a refusal is shown in the words of the API', async () => {
    use(({ method }) =>
      method === 'PATCH' ? refusal(409, 'conflict', 'INC-128 is resolved already.') : undefined,
    );
    await go(`/incidents/${id}`);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByRole('alert').getByText('INC-128 is resolved already.').waitFor();
  });

  test('who has several organisations names one, and may change it', async () => {
    use(({ path }) => (path === '/api/me' ? { body: me(2) } : undefined));
    await go('/');
    await page.getByText('INC-128').waitFor();
    expect(calls('GET', /incidents$/).at(-1)?.headers['x-organisation']).toBe(organisations[0]?.id);
    system.api.calls.length = 0;
    await page.getByLabel('Organisation').selectOption('Acme Logistics');
    await expect
      .poll(() => calls('GET', /incidents$/).at(-1)?.headers['x-organisation'])
      .toBe(organisations[1]?.id);
  });

  test('who has none reads what to do, and goes on once somebody did it', async () => {
    let count = 0;
    const because = 'No organisation has a member with the address ada@acme.io. Ask an administrator.';
    use(({ path }) =>
      path === '/api/me' ? { body: { ...me(count), ...(count === 0 && { because }) } } : undefined,
    );
    await go('/');
    await page.getByText(because).waitFor();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.click();
    await page.getByText(because).waitFor();
    count = 1;
    await again.click();
    await page.getByText('INC-128').waitFor();
    expect(calls('POST', /organisations$/)).toEqual([]);
  });

  test('who may only read gets no buttons', async () => {
    use(() => undefined, 'viewer');
    await go(`/incidents/${id}`);
    await page.getByText('Your role may read incidents, not change them.').waitFor();
    expect(await page.getByRole('button').allTextContents()).toEqual(['Sign out']);
  });

  test('a token that the API refuses ends the session', async () => {
    use(({ path }) =>
      path === '/api/incidents' ? refusal(401, 'unauthenticated', 'The token has expired.') : undefined,
    );
    await go('/');
    await page.getByText('The token has expired.').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});

/** Goes to the control of that name with Tab and presses Enter. */
async function press(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent)) === name)
      return page.keyboard.press('Enter');
  }
  throw new Error(`Tab does not lead to ${name}`);
}

function claims(call: Call | undefined): unknown {
  const [, payload = ''] = call?.headers.authorization?.replace('Bearer ', '').split('.') ?? [];
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
}
