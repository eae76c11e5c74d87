import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { listed, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { open } from './sample.ts';
import { listOf } from './storm.ts';
import { type System, signedIn } from './system.ts';

const here = ({ query, path }: { query: Readonly<Record<string, string>>; path: string }) =>
  path === '/api/incidents' &&
  open.map(listed).filter(({ state, service }) => {
    const isState = query.state === 'open' || query.state === state;
    return isState && (query.service === undefined || query.service === service);
  });

describe.skipIf(browserMissing)(
  `the filters of the list${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      system.api.use((call) => {
        const incidents = here(call);
        return incidents ? listOf(incidents, call) : organisation(call);
      });
      await signedIn(page, system);
      await page.goto(system.site.address);
      await names(5);
    });

    /** The names of the incidents shown, once there are so many. */
    async function names(count: number): Promise<string[]> {
      const found = page.locator('.incidents li .name');
      await expect.poll(() => found.count(), { timeout: 10_000 }).toBe(count);
      return found.allInnerTexts();
    }
    const search = () => new URL(page.url()).search;
    const words = () => page.getByRole('searchbox', { name: 'Words in the incidents shown' });

    test('by state are addresses, also for the back button', async () => {
      await page.getByRole('link', { name: 'Acknowledged' }).click();
      expect(await names(1)).toEqual(['INC-127']);
      expect(search()).toBe('?state=acknowledged');
      await page.goBack();
      await names(5);
    });

    test('by service survive a reload and a visit of an incident', async () => {
      await page.getByLabel('Service').selectOption('checkout');
      expect(await names(1)).toEqual(['INC-128']);
      expect(search()).toBe('?service=checkout');
      await page.reload();
      expect(await names(1)).toEqual(['INC-128']);
      await page.locator('.incidents li a').click();
      await page.waitForURL(/\/incidents\/inc_/);
      await page.goBack();
      expect(await names(1)).toEqual(['INC-128']);
      expect(await page.getByLabel('Service').inputValue()).toBe('checkout');
      await page.getByRole('button', { name: 'Clear the filters' }).click();
      await names(5);
      expect(search()).toBe('');
    });

    test('by words narrow what is shown at once, go into the address when typing pauses, and are shared by it', async () => {
      await words().pressSequentially('disk ');
      expect(await names(1)).toEqual(['INC-125']);
      await page.getByText('1 of the 5 that were looked through.').waitFor();
      await expect.poll(search, { timeout: 10_000 }).toBe('?text=disk');
      await words().pressSequentially('nowhere');
      await page.getByText('Nothing open has the words “disk nowhere”').waitFor();
      expect(await words().inputValue()).toBe('disk nowhere');
      await expect.poll(search, { timeout: 10_000 }).toBe('?text=disk+nowhere');
      const other = await page.context().newPage();
      await signedIn(other, system);
      await other.goto(page.url());
      await other.getByText('Nothing open has the words “disk nowhere”').waitFor();
      await other.close();
      await page.getByRole('button', { name: 'Show them all' }).click();
      await names(5);
      expect(await words().inputValue()).toBe('');
    });

    test('go together, and the counts by severity are those of the service', async () => {
      await words().fill('5xx');
      await names(1);
      await page.getByLabel('Service').selectOption('checkout');
      await page.getByRole('navigation', { name: 'Severity' }).getByRole('link', { name: 'P1' }).click();
      await expect.poll(search, { timeout: 10_000 }).toBe('?severity=P1_CRITICAL&service=checkout&text=5xx');
      expect(await names(1)).toEqual(['INC-128']);
      const all = page.getByRole('navigation', { name: 'Severity' }).getByRole('link', { name: 'All' });
      expect(await all.textContent()).toBe('All 1');
    });

    test('that are typed while the list is asked for anew keep their letters and the keyboard', async () => {
      await words().focus();
      await page.keyboard.type('certificate', { delay: 90 });
      expect(await names(1)).toEqual(['INC-124']);
      await expect.poll(search, { timeout: 10_000 }).toBe('?text=certificate');
      expect(await words().inputValue()).toBe('certificate');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    });
  },
);
