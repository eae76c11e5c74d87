import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { componentId, groupId, incidentId } from '../support/status-page.ts';
import { organisation } from './answers.ts';
import { status } from './status-sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { comeIn, type System, signedIn, startSystem } from './system.ts';

const [over, begun] = status.proposals;

describe.skipIf(browserMissing)(`the status page${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let leave: () => Promise<void>;
  let shown = status;
  let role: 'administrator' | 'viewer' = 'administrator';
  let failure: ReturnType<typeof refusal> | undefined;

  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());
  beforeEach(async () => {
    ({ page, leave } = await comeIn(system));
    [shown, role, failure] = [status, 'administrator', undefined];
    system.api.use(answer);
    await signedIn(page, system);
  });
  afterEach(() => leave());

  function answer(call: Call) {
    if (call.path === '/api/status') return { body: shown };
    if (call.method === 'GET' || !call.path.startsWith('/api/status')) return organisation(call, role);
    if (failure !== undefined) return failure;
    if (call.method === 'DELETE') return { status: 204, body: undefined };
    return { status: call.method === 'POST' ? 201 : 200, body: { version: status.version + 1 } };
  }
  const open = async () => {
    await page.goto(`${system.site.address}/status`);
    await page.getByRole('heading', { name: 'Status page', exact: true }).waitFor();
    await page.getByText('Everybody reads it at').waitFor();
  };
  const changes = () =>
    system.api.calls
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, body }) => ({ method, path: path.replace('/api/status', ''), body }));
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const card = (title: string) => page.getByRole('article', { name: title }).first();
  const said = (words: string) => page.getByRole('status').getByText(words).waitFor();

  test('a proposal is published with changed words, the most urgent stands first, and it is said that it is public', async () => {
    await open();
    const titles = await page.locator('section[aria-labelledby=waiting] h3').allInnerTexts();
    expect(titles).toEqual([begun?.title, over?.title]);
    const own = card('Problems with Search');
    await own.getByText('Search: Partial outage').waitFor();
    await own.getByRole('textbox').fill('Search is slow. Orders are not touched.');
    shown = { ...status, proposals: [] };
    await own.getByRole('button', { name: 'Publish' }).click();
    await said('Published. Everybody can read it.');
    await own.waitFor({ state: 'detached' });
    expect(await page.getByText('Waiting to be published').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'https://status.example.com/' }).count()).toBe(1);
    expect(changes()).toEqual([
      {
        method: 'POST',
        path: '/incidents',
        body: {
          title: 'Problems with Search',
          state: 'investigating',
          text: 'Search is slow. Orders are not touched.',
          affected: begun?.affected,
          internal: false,
          source: begun?.source,
          impact: 'major',
        },
      },
    ]);
  });

  test('the last update that a resolved incident proposes goes to the incident of the page', async () => {
    await open();
    const own = page.locator('section[aria-labelledby=waiting]').getByRole('article').nth(1);
    await own.getByRole('button', { name: 'Publish' }).click();
    await said('Published. Everybody can read it.');
    expect(changes()).toEqual([
      {
        method: 'POST',
        path: `/incidents/${incidentId('Orders cannot be paid')}/updates`,
        body: { state: 'resolved', text: over?.text, affected: over?.affected },
      },
    ]);
  });

  test('a proposal is dismissed', async () => {
    await open();
    await card('Problems with Search').getByRole('button', { name: 'Dismiss' }).click();
    await said('Dismissed.');
    expect(changes()).toEqual([{ method: 'DELETE', path: `/proposals/${begun?.id}`, body: undefined }]);
  });

  test('a failure keeps the words, also over a reload, and what is sent again has the same key', async () => {
    failure = refusal(503, 'unavailable', 'The table is busy.');
    await open();
    const words = card('Problems with Search').getByRole('textbox');
    await words.fill('Half a sentence');
    await card('Problems with Search').getByRole('button', { name: 'Publish' }).click();
    await page
      .getByRole('alert')
      .getByText(/The table is busy.*What you wrote is kept/)
      .waitFor();
    await card('Problems with Search').getByRole('button', { name: 'Publish' }).click();
    await expect.poll(() => changes().length).toBe(2);
    const keys = system.api.calls.flatMap(({ headers }) => headers['idempotency-key'] ?? []);
    expect(new Set(keys).size).toBe(1);
    await page.reload();
    await words.waitFor();
    expect(await words.inputValue()).toBe('Half a sentence');
  });

  test('an open incident is updated with the status of its components, and resolved', async () => {
    await open();
    const form = page.getByRole('form', { name: 'Next update of Orders cannot be paid' });
    await form.getByLabel('What is new').fill('Cards work again in Europe.');
    await form.getByLabel('It is now').selectOption('Monitoring');
    await form.getByLabel('Payments').selectOption('Degraded performance');
    await form.getByRole('button').click();
    await said('Published.');
    expect(await form.getByLabel('What is new').inputValue()).toBe('');
    await form.getByLabel('It is now').selectOption('Resolved');
    await form.getByText('This is the last update').waitFor();
    await form.getByLabel('What is new').fill('All works.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => changes().length).toBe(2);
    const [first, last] = changes();
    expect(first?.body).toMatchObject({ state: 'monitoring', text: 'Cards work again in Europe.' });
    expect(first?.body).toHaveProperty(
      'affected',
      expect.arrayContaining([{ component: componentId('Payments'), status: 'degraded_performance' }]),
    );
    expect(last?.body).toEqual({ state: 'resolved', text: 'All works.' });
  });

  test('an incident is told by hand', async () => {
    await open();
    await page.getByText('Tell of an incident by hand').click();
    const form = page.getByRole('form', { name: 'A new incident' });
    await form.getByLabel('Title').fill('Mails are late');
    await form.getByLabel('What people should know').fill('Up to an hour.');
    await form.getByLabel('Webhooks').selectOption('Partial outage');
    await form.getByRole('button').click();
    await said('Published. Everybody can read it.');
    expect(changes().map(({ body }) => body)).toEqual([
      {
        title: 'Mails are late',
        text: 'Up to an hour.',
        state: 'investigating',
        internal: false,
        affected: [{ component: componentId('Webhooks'), status: 'partial_outage' }],
      },
    ]);
  });

  test('components are added, set, changed from the version that was seen, and deleted after a question', async () => {
    await open();
    await button('Add a component').click();
    const form = page.getByRole('form', { name: 'A new component' });
    await form.getByLabel('Name').fill('Login');
    await form.getByLabel('Services').fill('auth, sessions ,');
    await form.getByLabel('Group').selectOption('Shop');
    await form.getByRole('button', { name: 'Save' }).click();
    await said('Login was saved.');
    await page.getByLabel('Status of Website').selectOption('Major outage');
    await said('The status of Website was set.');
    await button('Edit Website').click();
    const edit = page.getByRole('form', { name: 'Edit Website' });
    await edit.getByLabel('Name').fill('Shop site');
    await edit.getByLabel('Hide it from the public').check();
    await edit.getByRole('button', { name: 'Save' }).click();
    await said('Shop site was saved.');
    await button('Delete Website').click();
    await button('Delete it').click();
    await said('Website is no longer on the page.');
    const website = `/components/${componentId('Website')}`;
    expect(changes()).toEqual([
      {
        method: 'POST',
        path: '/components',
        body: { name: 'Login', group: groupId('Shop'), services: ['auth', 'sessions'], internal: false },
      },
      { method: 'PUT', path: `${website}/status`, body: { status: 'major_outage' } },
      {
        method: 'PATCH',
        path: website,
        body: { name: 'Shop site', description: null, group: null, services: ['website'], internal: true },
      },
      { method: 'DELETE', path: website, body: undefined },
    ]);
    const patch = system.api.calls.find(({ method }) => method === 'PATCH');
    expect(patch?.headers['if-match']).toBe(`"${status.version}"`);
  });

  test('groups are added and renamed', async () => {
    await open();
    await page.getByLabel('A new group').fill('Partners');
    await button('Add the group').click();
    await said('The group was added.');
    await button('Rename Shop').click();
    await page.getByLabel('New name of Shop').fill('Store');
    await page.keyboard.press('Enter');
    await said('The group was renamed.');
    expect(changes()).toEqual([
      { method: 'POST', path: '/groups', body: { name: 'Partners' } },
      { method: 'PATCH', path: `/groups/${groupId('Shop')}`, body: { name: 'Store' } },
    ]);
  });

  test('maintenance is announced in the zone of the reader, not backwards, and cancelled', async () => {
    await open();
    await page.getByText('Announce maintenance').click();
    const form = page.getByRole('form', { name: 'New maintenance' });
    await form.getByText('Times are in your zone').waitFor();
    await form.getByLabel('Title').fill('New switches');
    await form.getByLabel('What people should know').fill('Short gaps.');
    await form.getByLabel('From').fill('2026-12-01T22:00');
    await form.getByLabel('Until').fill('2026-12-01T21:00');
    await form.getByLabel('Website').check();
    await form.getByRole('button').click();
    await page.getByRole('alert').getByText('The end has to be after the begin.').waitFor();
    await form.getByLabel('Until').fill('2026-12-01T23:00');
    await form.getByRole('button').click();
    await said('The maintenance is announced.');
    await button('Cancel Network in Frankfurt').click();
    await button('Cancel it').click();
    await said('Network in Frankfurt is no longer on the page.');
    const at = (text: string) => page.evaluate((local) => new Date(local).getTime(), text);
    const [made, cancelled] = changes();
    const { from, until, ...rest } = Object(made?.body) as Record<'from' | 'until', string>;
    expect(rest).toEqual({
      title: 'New switches',
      text: 'Short gaps.',
      components: [componentId('Website')],
    });
    expect([Date.parse(from), Date.parse(until)]).toEqual([
      await at('2026-12-01T22:00'),
      await at('2026-12-01T23:00'),
    ]);
    expect(cancelled?.method).toBe('DELETE');
  });

  test('texts and look are previewed, and a conflict is told in words and keeps them', async () => {
    await open();
    await page.getByLabel('Name of the page').fill('Acme Store');
    await page.locator('.shown-page').getByRole('heading', { name: 'Acme Store' }).waitFor();
    failure = refusal(412, 'conflict', 'The page has version 99.');
    shown = { ...status, version: 99 };
    await button('Save texts and look').click();
    await page.getByRole('alert').getByText('Somebody else changed the page meanwhile.').waitFor();
    expect(await page.getByLabel('Name of the page').inputValue()).toBe('Acme Store');
    await page.getByText('For everybody').click();
    await page.locator('.shown-page').getByRole('heading', { name: 'Acme Store' }).waitFor();
    expect(await page.locator('.shown-page').getByText('Reports').count()).toBe(0);
    await page.getByText('Dark', { exact: true }).last().click();
    await page.locator('.status-page.dark').waitFor();
  });

  test('a viewer reads the page, with its address, and is told why nothing can be changed', async () => {
    role = 'viewer';
    await open();
    await page.getByText('A viewer may read this page; to change it needs a responder or above.').waitFor();
    await page.locator('.shown-page').getByText('Orders cannot be paid').first().waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
  });
});
