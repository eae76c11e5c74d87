import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { eachVisit } from './each-visit.ts';
import { me } from './sample.ts';
import { listOf, type Shown, storm, waiting } from './storm.ts';
import { refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

describe.skipIf(browserMissing)(`the list in a storm${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let incidents: Shown[] = [];
  let failing = false;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    incidents = storm(450);
    failing = false;
    system.api.use((call) => {
      if (call.path === '/api/me') return { body: me(1) };
      if (call.path !== '/api/incidents') return undefined;
      if (failing && call.query.cursor !== undefined)
        return refusal(503, 'unavailable', 'The table is busy.');
      return listOf(call.query.state === 'open' ? incidents : [], call);
    });
    await page.clock.install();
    await signedIn(page, system);
  });

  const go = async (path: string) => {
    await page.goto(`${system.site.address}${path}`);
    await page.locator('.incidents li').first().waitFor();
  };
  const later = () => page.clock.fastForward(3_000);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const inFocus = (text: string) => expect.poll(focused).toBe(text);

  test('a P1 that nobody answered is the first row beneath 449 newer ones, and what is shown is said', async () => {
    await go('/');
    const all = await rows(page);
    expect(all).toHaveLength(200);
    expect(all.slice(0, 2)).toEqual(['INC-1 Payments are down', 'INC-450 Noise 450']);
    await page.getByText('The 200 most urgent of 450 are shown.').waitFor();
    expect(await page.title()).toMatch(/^\(450\) Open incidents/);
  });

  test('more is shown by the keyboard, which goes on at the first that was added, to the last', async () => {
    await go('/');
    const button = page.getByRole('button', { name: 'Show more' });
    await button.focus();
    await page.keyboard.press('Enter');
    await inFocus('Noise 251');
    expect(await rows(page)).toHaveLength(400);
    await page.getByText('The 400 most urgent of 450 are shown.').waitFor();
    await button.focus();
    await page.keyboard.press('Enter');
    await inFocus('Noise 51');
    await page.getByText('All 450 are shown.').waitFor();
    expect(await button.count()).toBe(0);
    const all = await rows(page);
    expect(new Set(all).size).toBe(450);
    expect(all.at(-1)).toBe('INC-2 Noise 2');
  });

  test('what was added is kept up to date, each once, and the keyboard stays where it is', async () => {
    await go('/');
    await page.getByRole('button', { name: 'Show more' }).click();
    await inFocus('Noise 251');
    const there = await page.evaluate(() => scrollY);
    expect(there).toBeGreaterThan(1_000);
    const [first, ...others] = incidents;
    if (first === undefined) throw new Error('There is no first incident.');
    const raised = others.map((one) => (one.number === 150 ? { ...one, severity: 'P2_HIGH' as const } : one));
    incidents = [{ ...first, state: 'acknowledged' }, ...raised, waiting(451, 'P1_CRITICAL', 'Logins fail')];
    await later();
    await page.getByText('Logins fail').waitFor();
    const all = await rows(page);
    expect(all.slice(0, 3)).toEqual(['INC-451 Logins fail', 'INC-150 Noise 150', 'INC-1 Payments are down']);
    expect([all.length, new Set(all).size]).toEqual([400, 400]);
    expect(await focused()).toBe('Noise 251');
    expect(await page.evaluate(() => document.activeElement?.getBoundingClientRect().top)).toBeGreaterThan(0);
  });

  test('more that cannot be had says so, loses nothing, and comes when it can', async () => {
    await go('/');
    failing = true;
    const button = page.getByRole('button', { name: 'Show more' });
    await button.click();
    await page.getByText('Not up to date: The table is busy.').waitFor();
    expect(await rows(page)).toHaveLength(200);
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    failing = false;
    await later();
    await inFocus('Noise 251');
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('older pages that hold nothing wanted leave the keyboard at the button, until there is something', async () => {
    const [only] = incidents;
    const pages = [{ next: '1' }, { next: '2' }, { items: [only] }];
    system.api.use(({ path, query }) => {
      if (path === '/api/me') return { body: me(1) };
      return path === '/api/incidents'
        ? { body: { items: [], ...pages[Number(query.cursor ?? 0)] } }
        : undefined;
    });
    await page.goto(`${system.site.address}/incidents?state=resolved&severity=P1_CRITICAL`);
    await page.getByText('Nothing found yet').waitFor();
    const asked = (cursor: string) => () => system.api.calls.some(({ query }) => query.cursor === cursor);
    await page.getByRole('button', { name: 'Show more' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(asked('1')).toBe(true);
    await page.locator('[aria-disabled=false]').waitFor();
    await inFocus('Show more');
    await page.keyboard.press('Enter');
    await inFocus('Payments are down');
    await page.getByText('That is the only one.').waitFor();
  });

  test('a severity is an address of its own, with the counts of all, also for the back button', async () => {
    incidents.push(waiting(451, 'P2_HIGH', 'Search is slow'));
    await go('/');
    const filter = page.getByRole('navigation', { name: 'Severity' });
    const counts = () => filter.getByRole('link').allTextContents();
    const all = ['All 451', 'P1 Critical 1', 'P2 High 1', 'P3 Medium 0', 'P4 Low 449', 'P5 Info 0'];
    await expect.poll(counts).toEqual(all);
    await filter.getByRole('link', { name: 'P1 Critical' }).click();
    await expect.poll(() => rows(page)).toEqual(['INC-1 Payments are down']);
    expect(page.url()).toMatch(/\/incidents\?severity=P1_CRITICAL$/);
    expect(await counts()).toEqual(all);
    expect(await filter.locator('[aria-current]').allTextContents()).toEqual(['P1 Critical 1']);
    expect(await page.title()).toMatch(/^\(1\) Open P1 Critical incidents/);
    await filter.getByRole('link', { name: 'P3 Medium' }).click();
    await page.getByText('Nothing open is P3 Medium').waitFor();
    await page.getByRole('link', { name: 'Resolved' }).click();
    await page.getByText('Nothing resolved is P3 Medium').waitFor();
    expect(page.url()).toMatch(/\?state=resolved&severity=P3_MEDIUM$/);
    for (let back = 0; back < 2; back++) await page.goBack();
    await expect.poll(() => rows(page)).toEqual(['INC-1 Payments are down']);
    await page.reload();
    await expect.poll(() => rows(page)).toEqual(['INC-1 Payments are down']);
  });
});

/** The name and title of each row. */
function rows(page: Page): Promise<string[]> {
  return page.locator('.incidents li .title').allInnerTexts();
}
