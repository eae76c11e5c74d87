import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { open } from './sample.ts';
import { refusal } from './stub-api.ts';
import { type System, signedIn, visit } from './system.ts';

const [first] = open;

describe.skipIf(browserMissing)(
  `what is around every page${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      system.api.use((call) => organisation(call) ?? incidents(call));
      await signedIn(page, system);
      await page.goto(system.site.address);
      await page.getByText('INC-128').waitFor();
    });

    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

    test('is light or dark as the system is, until somebody chooses, which the browser remembers', async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      const light = await background();
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(background).not.toBe(light);
      await page.getByLabel('Colours').selectOption('Light');
      await expect.poll(background).toBe(light);
      await page.reload();
      await page.getByText('INC-128').waitFor();
      expect(await background()).toBe(light);
      await page.getByLabel('Colours').selectOption('As the system');
      await expect.poll(background).not.toBe(light);
    });

    test.each([
      ['/', 'incident-list-page'],
      ['/incidents/new', 'declare-page'],
      [`/incidents/${first?.id}`, 'incident-page'],
      [`/incidents/${first?.id}/replay`, 'replay-page'],
      ['/services', 'catalogue-page'],
      ['/on-call?policy=data', 'on-call-page'],
      ['/integrations', 'integrations-page'],
      ['/status', 'publishing-page'],
      ['/rules/draft', 'draft-page'],
    ])('of %s the file is loaded while it is still asked who the person is', async (path, file) => {
      system.api.use(({ path }) => (path === '/api/me' ? refusal(503, 'unavailable', 'Not now') : undefined));
      const asked = page.waitForRequest((request) => request.url().includes(`/assets/${file}-`));
      await page.goto(`${system.site.address}${path}`);
      await asked;
      await page.getByText('Not now').waitFor();
    });

    test('is behind a button on a phone, and closes when somebody goes somewhere', async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      const link = page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Incidents' });
      await page.getByRole('link', { name: first?.title ?? '' }).click();
      await page.getByRole('heading', { level: 1, name: first?.title ?? '' }).waitFor();
      expect(await link.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Menu' }).click();
      expect(await faultsOf(page, 'menu')).toEqual([]);
      await link.click();
      await page.getByText('INC-127').waitFor();
      expect(await link.isVisible()).toBe(false);
    });

    test('leaves the keyboard at the beginning of the page that was gone to, and the page at its top', async () => {
      await page.getByRole('link', { name: first?.title ?? '' }).click();
      await page.getByRole('heading', { level: 1, name: first?.title ?? '' }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
      expect(await page.evaluate(() => scrollY)).toBe(0);
    });

    test('has a first link that leads past it', async () => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('content');
    });

    test('stays when a page does not come, and says so', async () => {
      // The browser complains of the file, which is what is wanted here.
      const { context, page } = await visit(system.browser);
      await signedIn(page, system);
      await page.goto(system.site.address);
      await page.route(/assets\/incident-page/, (route) => route.abort());
      await page.getByRole('link', { name: first?.title ?? '' }).click();
      await page.getByRole('heading', { name: 'This page cannot be shown' }).waitFor();
      await page.getByRole('link', { name: 'Incidents', exact: true }).click();
      await page.getByRole('link', { name: first?.title ?? '' }).click();
      await page.getByRole('heading', { name: 'This page cannot be shown' }).waitFor();
      await page.unroute(/assets\/incident-page/);
      await page.getByRole('button', { name: 'Load it again' }).click();
      await page.getByRole('heading', { level: 1, name: first?.title ?? '' }).waitFor();
      await context.close();
    });
  },
);
