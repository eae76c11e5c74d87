import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { faultsOf as draftFaults, emptyDraft, wishOf } from '../../frontend/alerts/silences/silence-draft.ts';
import { HOUR, toText } from '../../shared/kernel/index.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { firing, maintenanceWindows, silences } from './silence-sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

describe.skipIf(browserMissing)(`silences${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let role: 'administrator' | 'viewer' = 'administrator';
  let fails = false;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    role = 'administrator';
    fails = false;
    system.api.use((call) => answered(call) ?? organisation(call, role));
    await signedIn(page, system);
  });

  function answered({ method, path }: Call) {
    if (!/^\/api\/(silences|maintenance)/.test(path) || method === 'GET') return undefined;
    if (fails) return refusal(429, 'limit', 'There are 500 silences.');
    if (method === 'DELETE') return { status: 204, body: undefined };
    const [made] = path === '/api/silences' ? silences.items : maintenanceWindows.items;
    return { status: 201, body: made };
  }

  const go = async () => {
    await page.goto(`${system.site.address}/silences`);
    await page.getByText(/^Updated/).waitFor();
  };
  const sent = (method: string) => system.api.calls.filter((call) => call.method === method);

  test('are listed with what they are about, until when, why and by whom', async () => {
    await go();
    const lines = await page.locator('main .lines > li').allInnerTexts();
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('service="checkout", host=~"db[0-9]+"');
    expect(lines[0]).toContain('For each alert until it is resolved.');
    expect(lines[0]).toContain('disks are replaced, ticket 4711 · Ann Example');
    expect(lines[1]).toContain('search, search-index');
    expect(lines[2]).toContain('Begins in');
  });

  test('are made when they say which alerts and why, and what is wrong is said where it is', async () => {
    await go();
    await page.getByText('Keep alerts quiet').click();
    await page.getByRole('button', { name: 'Keep quiet' }).click();
    await page.getByText('Say which alerts it is about.').waitFor();
    await page.getByLabel('Matchers').fill('service="checkout"\nhost');
    await page.getByText('Not a matcher: host').waitFor();
    expect(await faultsOf(page, 'silence-form')).toEqual([]);
    await page.getByLabel('Matchers').fill('service="checkout"\nhost=~"db.*"');
    await page.getByLabel('Why').fill(' disks ');
    await page.getByLabel('For', { exact: true }).selectOption('1 hour');
    await page.getByRole('button', { name: 'Keep quiet' }).click();
    await page.getByText('It is quiet now.').waitFor();
    expect(sent('POST')).toMatchObject([
      { path: '/api/silences', body: { matchers: ['service="checkout"', 'host=~"db.*"'], comment: 'disks' } },
    ]);
  });

  test('tell which of the alerts that fire they fit, before they are made', async () => {
    const own = (call: Call) => (call.path === '/api/alerts' ? { body: firing(call) } : undefined);
    system.api.use((call) => own(call) ?? answered(call) ?? organisation(call, role));
    await go();
    await page.getByText('Keep alerts quiet').click();
    await page.getByLabel('Matchers').fill('service="checkout"');
    await page.getByText('Fits 6 alerts that fire now:').waitFor();
    await page.getByText('and 1 more').waitFor();
    expect(await faultsOf(page, 'silence-preview')).toEqual([]);
    await page.getByLabel('Matchers').fill('service="checkout"\nhost=~"db-[12]"');
    await page.getByText('Fits 2 alerts that fire now:').waitFor();
    await page.getByLabel('What').selectOption('maintenance');
    await page.getByLabel('Services under maintenance').fill('Search, other');
    await page.getByText('Fits 1 alert that fires now:').waitFor();
    expect(
      system.api.calls
        .filter(({ path }) => path === '/api/alerts')
        .every(({ query }) => query.state === 'firing'),
    ).toBe(true);
  });

  test('of services are maintenance', async () => {
    await go();
    await page.getByText('Keep alerts quiet').click();
    await page.getByLabel('What').selectOption('maintenance');
    await page.getByLabel('Services under maintenance').fill('search, search-index');
    await page.getByLabel('Why').fill('move');
    await page.getByRole('button', { name: 'Keep quiet' }).click();
    await page.getByText('It is quiet now.').waitFor();
    expect(sent('POST')).toMatchObject([
      { path: '/api/maintenance', body: { services: ['search', 'search-index'], comment: 'move' } },
    ]);
  });

  test('are ended now, and a refusal is said in its words', async () => {
    await go();
    await page.getByRole('button', { name: /^End now: service="checkout"/ }).click();
    await page.getByText(/^Ended: service="checkout"/).waitFor();
    expect(sent('DELETE').map(({ path }) => path)).toEqual([`/api/silences/${silences.items[0]?.id}`]);
    fails = true;
    await page.getByRole('button', { name: /^End now: search/ }).click();
    await page.getByText('There are 500 silences.').waitFor();
  });

  test('are only looked at by a viewer', async () => {
    role = 'viewer';
    await go();
    await page.getByText('A viewer may look').waitFor();
    expect(await page.getByRole('button', { name: /End now|Keep/ }).count()).toBe(0);
  });
});

describe('what is written of a silence', () => {
  const draft = { ...emptyDraft, matchers: ' a="b" \n\n', comment: ' why ' };

  test('is sent from now on, for as long as was chosen', () => {
    const to = toText(1_000 + 2 * HOUR);
    expect(wishOf(draft, 1_000)).toEqual({ matchers: [' a="b" '], to, comment: 'why' });
    expect(wishOf({ ...draft, untilResolved: true }, 1_000)).toMatchObject({ untilResolved: true });
    const maintenance = { ...draft, kind: 'maintenance', services: 'x, ,y ' } as const;
    expect(wishOf(maintenance, 1_000)).toEqual({ services: ['x', 'y'], to, comment: 'why' });
  });

  test('lacks something until it says which and why', () => {
    expect(draftFaults(draft)).toEqual({});
    expect(Object.keys(draftFaults(emptyDraft))).toEqual(['matchers', 'comment']);
    expect(Object.keys(draftFaults({ ...emptyDraft, kind: 'maintenance' }))).toEqual(['services', 'comment']);
  });
});
