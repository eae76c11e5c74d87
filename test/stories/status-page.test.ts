import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../shared/kernel/index.ts';
import type { Proposal } from '../../shared/status/index.ts';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { visitsOf } from '../support/one-clock.ts';
import { hostile } from '../support/sample-page.ts';
import { signInOn } from '../support/sign-in.ts';
import { statusStory } from '../support/status-story.ts';

let app: App;
let page: ReturnType<typeof statusStory>;
beforeAll(async () => {
  app = await startApp();
  page = statusStory(app);
});
afterAll(() => app.stop());

describe('a status page', () => {
  it('says before anything was published that nothing is known, and is found nowhere', async () => {
    const answer = await page.get();
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('it says nothing about whether services are working');
    expect((await page.get('status.json')).status).toBe(404);
  });

  it('goes from an alert to a proposal, a published page, and the end, in words of its own', async () => {
    await page.component('Checkout', { services: ['checkout'] });
    await app.system.idle();
    expect(await page.html()).toContain('All Systems Operational');
    await app.send('generic', {
      title: 'SECRET db-7 on fire',
      service: 'checkout',
      severity: 'critical',
      key: 'a',
    });
    const {
      proposals: [proposed],
    } = await page.internal();
    const { id: _, kind: __, ...body } = proposed as Proposal;
    const { id } = await page.make('/incidents', body);
    await app.system.idle();
    expect(await page.html()).toMatch(/Major Service Outage.*Problem with Checkout.*Investigating/s);
    await app.system.clock.fastForward(HOUR);
    await app.send('generic', { title: 'x', service: 'checkout', status: 'resolved', key: 'a' });
    await app.system.clock.fastForward(MINUTE);
    const {
      proposals: [last],
    } = await page.internal();
    await page.update(id, 'resolved', String(last?.text));
    await app.system.idle();
    const html = await page.html();
    expect(html).toMatch(/All Systems Operational.*Past incidents.*Problem with Checkout.*Resolved/s);
    // The bars remember, on two days when the hour went over midnight.
    const bars = html.matchAll(
      /<title>\d+ \w+ \d{4}: Major outage for (?:(\d+) h ?)?(?:(\d+) min)?<\/title>/g,
    );
    const minutes = [...bars].map(([, hours = '0', rest = '0']) => Number(hours) * 60 + Number(rest));
    const whole = minutes.reduce((a, b) => a + b, 0);
    expect([60, 61]).toContain(whole);
    expect(html).not.toContain('SECRET');
  });

  it('[F87] shows the newest of two updates in the same second, and never goes back', async () => {
    const { id } = await page.incident('Twice');
    await Promise.all([page.update(id, 'identified', 'One.'), page.update(id, 'monitoring', 'Two.')]);
    await app.system.idle();
    const { incidents } = (await (await page.get('status.json')).json()) as {
      incidents: { title: string; state: string; updates: { state: string; text: string }[] }[];
    };
    const [told] = incidents;
    const internal = (await page.internal()).incidents;
    expect(told?.updates).toHaveLength(3);
    expect(told?.state).toBe(told?.updates[0]?.state);
    expect(told?.updates.map(({ text }) => text)).toEqual(internal[0]?.updates.map(({ text }) => text));
    await page.update(id, 'resolved');
    await app.system.idle();
  });

  it('[F84] tells nothing of what is internal in any file, and the CDN serves nothing beside them', async () => {
    const hidden = await page.component('CANARY inside', { internal: true, services: ['canary-service'] });
    const open = await page.component('Search', { services: ['canary-search'], description: 'Find things' });
    const affected = [hidden, open].map(({ id }) => ({ component: id, status: 'partial_outage' }));
    await page.incident('CANARY private', { internal: true, affected });
    await page.incident('CANARY inside only', { affected: affected.slice(0, 1) });
    const { id } = await page.incident('Seen', { affected });
    const times = { from: '2100-01-01T00:00:00Z', until: '2100-01-01T02:00:00Z' };
    await page.make('/maintenance', {
      title: 'CANARY work',
      text: 'CANARY',
      components: [],
      internal: true,
      ...times,
    });
    await page.update(id, 'resolved');
    await app.system.idle();
    const keys = await page.keys();
    const shown = keys.filter((key) => key.startsWith('public/'));
    expect(shown.length).toBeGreaterThan(12);
    for (const key of shown) {
      const text = await (await page.get(key.replace('public/', ''))).text();
      expect(text, key).not.toMatch(/canary|inc_[0-9A-Z]{26}/i);
      expect(text, key).not.toContain(String(hidden.id));
    }
    const [state = ''] = keys.filter((key) => key.startsWith('private/'));
    expect(await page.file(state)).toContain('CANARY inside');
    for (const way of [
      state,
      `/${state}`,
      `../${state}`,
      `..%2f${state}`,
      `%2e%2e/${state}`,
      `public/../${state}`,
      `.${state}`,
    ]) {
      const answer = await page.get(way);
      expect(answer.status, way).not.toBe(200);
      expect(await answer.text(), way).not.toContain('CANARY');
    }
  });

  it('lets pages of other sites read what it says, in the words of Statuspage too', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const answer = await fetch(`${app.addresses.status}/api/v2/summary.json`, { headers });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=10');
    expect(Object.keys((await answer.json()) as object)).toEqual(
      expect.arrayContaining(['page', 'status', 'components', 'incidents', 'scheduled_maintenances']),
    );
  });

  it('is told by the API as its status.json tells it', async () => {
    const [told, written] = await Promise.all(
      [`${app.addresses.api}/api/status/public`, `${app.addresses.status}/status.json`].map(
        async (url) => (await (await fetch(url)).json()) as Record<string, unknown>,
      ),
    );
    for (const one of [told, written]) {
      delete one?.updatedAt;
      for (const component of (one?.components ?? []) as Record<string, unknown>[]) delete component.uptime;
    }
    expect(told).toEqual(written);
  });

  it('changes by time alone: maintenance begins and ends, a day begins, and otherwise nothing is written', async () => {
    const now = app.system.clock.now();
    const at = (offset: number) => new Date(now + offset).toISOString();
    const times = { from: at(20 * MINUTE), until: at(50 * MINUTE) };
    await page.make('/maintenance', { title: 'Larger machines', text: 'Larger.', components: [], ...times });
    await app.system.idle();
    const written = async () => /Last updated <time dateTime="([^"]+)"/.exec(await page.html())?.[1];
    const before = await written();
    await app.system.clock.fastForward(11 * MINUTE);
    expect(await written()).toBe(before);
    await app.system.clock.fastForward(15 * MINUTE);
    expect(await page.html()).toMatch(/Larger machines.*In progress/s);
    await app.system.clock.fastForward(30 * MINUTE);
    expect(await page.html()).not.toContain('Larger machines');
    const ended = await written();
    await app.system.clock.fastForward(DAY);
    expect(await written()).not.toBe(ended);
  }, 60_000);
});

describe('a page that is rearranged', () => {
  it('shows its components in their new order, and maintenance as it was changed last', async () => {
    const { id: group } = await page.make('/groups', { name: 'Moved' });
    const names = ['First', 'Second', 'Third'];
    const ids: string[] = [];
    for (const name of names) ids.push(String((await page.component(name, { group })).id));
    await app.call('PATCH', `/api/status/components/${ids[2]}`, { before: ids[0] });
    await app.call('PATCH', `/api/status/components/${ids[0]}`, { before: null });
    const { from, until } = { from: '2100-01-01T00:00:00Z', until: '2100-01-01T02:00:00Z' };
    const work = { title: 'New switches', text: 'Short gaps.', components: [ids[0]], from, until };
    const { id } = await page.make('/maintenance', work);
    const longer = { text: 'Longer gaps.', until: '2100-01-01T05:00:00Z' };
    await app.call('PATCH', `/api/status/maintenance/${String(id)}`, longer);
    await app.system.idle();
    const html = await page.html();
    const places = ['Third', 'Second', 'First'].map((name) => html.indexOf(`>${name}</b>`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(html).toMatch(/New switches.*05:00 UTC.*Longer gaps\./s);
    await app.call('DELETE', `/api/status/maintenance/${String(id)}`);
    await app.system.idle();
    expect(await page.html()).not.toContain('New switches');
  });
});

describe.skipIf(browserMissing !== undefined)('in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it('a status that somebody set is seen, and the page is accessible', async () => {
    const { id } = await page.component('Webhooks');
    const tab = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await app.call('PUT', `/api/status/components/${id}/status`, { status: 'partial_outage' });
    await app.system.idle();
    await tab.goto(app.addresses.status);
    const row = tab.locator('li', { has: tab.getByText('Webhooks', { exact: true }) });
    expect(await row.locator('.state').innerText()).toBe('Partial outage');
    await tab.context().close();
    const looked = await (await browser.newContext()).newPage();
    await looked.goto(app.addresses.status);
    expect(await faultsOf(looked, 'status-live')).toEqual([]);
  });

  it('what an incident proposes is published from the console, in changed words', async () => {
    await page.component('Billing', { services: ['billing'] });
    await app.send('generic', { title: 'SECRET disk', service: 'billing', severity: 'critical', key: 'b' });
    await app.system.idle();
    const visits = visitsOf(browser, app.system);
    const tab = await visits.visit();
    await tab.goto(app.addresses.console);
    await signInOn(tab);
    await tab.getByRole('link', { name: 'Status page' }).click();
    const proposal = tab.getByRole('article', { name: 'Problem with Billing' });
    await proposal.getByLabel('Words of the update').fill('Invoices are late. Nothing is lost.');
    await proposal.getByRole('button', { name: 'Publish' }).click();
    await tab.getByText('Published. Everybody can read it.').waitFor();
    await app.system.idle();
    expect(await page.html()).toMatch(/Problem with Billing.*Invoices are late. Nothing is lost\./s);
    const told = tab.getByRole('article', { name: 'Problem with Billing' });
    await told.getByRole('button', { name: 'Correct' }).click();
    await told.getByLabel('Corrected words').fill('Invoices are an hour late.');
    await told.getByRole('button', { name: 'Publish the correction' }).click();
    await tab.getByText('Corrected. The page says that it was corrected.').waitFor();
    await app.system.idle();
    expect(await page.html()).toMatch(/\(corrected\).*Invoices are an hour late\./s);
    expect(await page.html()).not.toContain('Nothing is lost');
    await told.getByText('Publish the next update').click();
    await told.getByLabel('It is now').selectOption('Resolved');
    await told.getByLabel('What is new').fill('Over too early.');
    await told.getByRole('button', { name: 'Publish the update' }).click();
    await tab.getByText('Published. Everybody can read it.').waitFor();
    await tab.getByText('Over in the last 15 days').click();
    await told.getByRole('button', { name: 'Withdraw' }).click();
    await tab.getByRole('button', { name: 'Withdraw it' }).click();
    await tab.getByText('The update is withdrawn.').waitFor();
    await app.system.idle();
    expect(await page.html()).toMatch(/Problem with Billing.*\(withdrawn\).*an hour late/s);
    expect(await page.html()).not.toContain('Over too early');
    expect((await page.internal()).incidents).toContainEqual(
      expect.objectContaining({ title: 'Problem with Billing', state: 'investigating' }),
    );
    expect(visits.complaints()).toEqual([]);
    await tab.context().close();
  });

  it('[F77] nothing that was written into any field runs, and nothing else is loaded', async () => {
    const group = await page.make('/groups', { name: hostile.slice(0, 100) });
    const short = hostile.slice(0, 99).trim();
    await app.call('PATCH', '/api/status/page', { name: short, header: hostile, footer: hostile });
    const { id } = await page.component(short, {
      description: hostile.slice(0, 290).trim(),
      group: group.id,
    });
    const affected = [{ component: id, status: 'major_outage' }];
    await page.incident(hostile.slice(0, 199).trim(), { text: hostile, affected });
    const tab = await (await browser.newContext()).newPage();
    const [asked, complained]: [string[], string[]] = [[], []];
    tab.on('request', (request) => asked.push(request.url()));
    tab.on('console', (message) => complained.push(message.text()));
    await app.system.idle();
    await tab.goto(app.addresses.status);
    expect(await tab.evaluate(() => [Reflect.get(window, 'ran'), document.scripts.length])).toEqual([
      undefined,
      0,
    ]);
    expect(complained).toEqual([]);
    expect(asked.filter((url) => !url.startsWith('data:'))).toHaveLength(2);
    expect(await tab.locator('h1').innerText()).toContain('<script>');
    const feed = await (await page.get('history.atom')).text();
    const parsed = await tab.evaluate(
      (xml) =>
        new DOMParser().parseFromString(xml, 'application/xml').querySelectorAll('parsererror, script, img')
          .length,
      feed,
    );
    expect(parsed).toBe(0);
  });
});
