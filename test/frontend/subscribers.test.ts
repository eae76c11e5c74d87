import { readFile } from 'node:fs/promises';
import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { idOf, toText } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { blankStatus, status } from './status-sample.ts';
import { type Answered, type Call, type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const many = Array.from({ length: 120 }, (_, i) => ({
  id: idOf('subscriber', 0, `reader ${i}`),
  email: `reader${i}@example.com`,
  state: i % 10 === 3 ? ('pending' as const) : ('confirmed' as const),
  askedAt: toText(Date.UTC(2026, 10, 1) + i * 3_600_000),
}));

describe.skipIf(browserMissing)(
  `subscribers in the console${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;
    let items = many;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      items = many;
      await signedIn(page, system);
      use(() => undefined);
    });

    const use = (instead: Respond, role?: 'viewer') =>
      system.api.use((call) => instead(call) ?? answered(call) ?? organisation(call, role));
    const go = () => page.goto(`${system.site.address}/status/subscribers`);
    const enter = async () => {
      await go();
      await page.getByText('reader0@example.com').waitFor();
    };
    const rows = () => page.getByRole('list', { name: 'Subscribers' }).getByRole('listitem');
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const busy = refusal(503, 'unavailable', 'The table is busy.');

    function answered({ method, path, query, body }: Call): Answered | undefined {
      if (path === '/api/status/subscribe') {
        const { email } = statusApi.subscribe.body.parse(body);
        if (email.startsWith('many')) return refusal(429, 'limit', 'Too many; try again in an hour.');
        return { status: 202, body: { state: 'asked' } };
      }
      if (!path.startsWith('/api/status/subscribers')) return undefined;
      if (method === 'DELETE') {
        items = items.filter(({ id }) => !path.endsWith(id));
        return { status: 204, body: undefined };
      }
      const from = Number(query.cursor ?? 0);
      const until = from + Number(query.limit);
      const pending = items.filter(({ state }) => state === 'pending').length;
      return {
        body: statusApi['list-subscribers'].answer.parse({
          items: items.slice(from, until),
          ...(from === 0 && { counts: { confirmed: items.length - pending, pending } }),
          ...(until < items.length && { next: String(until) }),
        }),
      };
    }

    test('are counted and listed a page at a time, each with how it stands', async () => {
      await page.goto(`${system.site.address}/status`);
      await page.getByRole('link', { name: 'Subscribers' }).click();
      await page.getByText('108 confirmed, 12 waiting for their confirmation').waitFor();
      expect(await rows().count()).toBe(50);
      expect(await rows().nth(0).innerText()).toMatch(/^reader0@example\.com\s+Confirmed, asked 1 Nov 2026/);
      expect(await rows().nth(3).innerText()).toContain('Waiting for confirmation');
      await page.getByText('The first 50 are shown.').waitFor();
      await button('Show more').press('Enter');
      await page.getByText('The first 100 are shown.').waitFor();
      await button('Show more').press(' ');
      await expect.poll(() => rows().count()).toBe(120);
      expect(await button('Show more').count()).toBe(0);
      expect(
        await page.getByRole('link', { name: 'Status page', exact: true }).getAttribute('aria-current'),
      ).toBe('page');
      expect(await faultsOf(page, 'subscribers')).toEqual([]);
    });

    test('are removed after a question, by the keyboard alone', async () => {
      await enter();
      await button('Remove reader3@example.com').focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Remove reader3@example.com?' });
      await dialog.waitFor();
      expect(await faultsOf(page, 'subscribers-removal')).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(items).toHaveLength(120);
      await page.keyboard.press('Enter');
      await button('Remove it').focus();
      await page.keyboard.press('Enter');
      await page.getByText('reader3@example.com is removed.').waitFor();
      expect(items).toHaveLength(119);
      expect(await page.getByText('108 confirmed, 11 waiting').count()).toBe(1);
      expect(await rows().filter({ hasText: 'reader3@' }).count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Subscribers');
    });

    test('that cannot be removed stay, with the reason', async () => {
      use(({ method }) => (method === 'DELETE' ? busy : undefined));
      await enter();
      await button('Remove reader0@example.com').click();
      await button('Remove it').click();
      await page.getByRole('dialog').getByText('The table is busy.').waitFor();
      await button('Keep it').click();
      expect(await rows().count()).toBe(50);
    });

    test('are asked by hand, with the same mail as by the form: nobody is subscribed unasked', async () => {
      await enter();
      await page.getByLabel('E-mail address').fill('new@example.com');
      await page.keyboard.press('Enter');
      await page
        .getByText('If new@example.com is not subscribed yet, a mail with a link is on its way.')
        .waitFor();
      expect(system.api.calls.find(({ path }) => path.endsWith('/subscribe'))?.body).toEqual({
        email: 'new@example.com',
        page: status.page.id,
      });
      expect(await page.getByLabel('E-mail address').inputValue()).toBe('');
      await page.getByLabel('E-mail address').fill('many@example.com');
      await page.keyboard.press('Enter');
      await page.getByText('Too many; try again in an hour.').waitFor();
      expect(await page.getByLabel('E-mail address').inputValue()).toBe('many@example.com');
    });

    test('are exported whole, also those that are not shown', async () => {
      await enter();
      const [download] = await Promise.all([page.waitForEvent('download'), button('Export as CSV').click()]);
      expect(download.suggestedFilename()).toBe('subscribers.csv');
      const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
      expect(lines).toHaveLength(122);
      expect(lines.slice(0, 2)).toEqual([
        '"email","state","askedAt"',
        '"reader0@example.com","confirmed","2026-11-01T00:00:00.000Z"',
      ]);
      expect(lines.at(-2)).toContain('"reader119@example.com"');
    });

    test('are read by viewers, who are offered nothing that would be refused', async () => {
      use(() => undefined, 'viewer');
      await enter();
      expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
      expect(await page.getByLabel('E-mail address').count()).toBe(0);
    });

    test('that are none are told so, and where they come from', async () => {
      items = [];
      await go();
      await page.getByRole('heading', { name: 'Nobody subscribed yet' }).waitFor();
      expect(await faultsOf(page, 'subscribers-empty')).toEqual([]);
      use(({ path }) => (path === '/api/status' ? { body: blankStatus } : undefined));
      await go();
      await page.getByText('There is no public page yet.').waitFor();
    });

    test('that are on their way are waited for', async () => {
      const waiting: Route[] = [];
      await page.route('**/subscribers?*', (route) => void waiting.push(route));
      await go();
      await page.getByRole('status').getByText('Loading subscribers …').waitFor();
      expect(await faultsOf(page, 'subscribers-loading')).toEqual([]);
      await Promise.all(waiting.map((route) => route.continue()));
      await page.getByText('reader0@example.com').waitFor();
    });

    test('that cannot be had are asked for again by a button, and what is shown stays', async () => {
      let failing = true;
      use(({ path }) => (failing && path.endsWith('/subscribers') ? busy : undefined));
      await go();
      await page.getByRole('alert').getByText('The table is busy.').waitFor();
      expect(await faultsOf(page, 'subscribers-error')).toEqual([]);
      failing = false;
      await button('Try again').click();
      await page.getByText('reader49@example.com').waitFor();
      failing = true;
      await button('Show more').click();
      await page.getByRole('alert').getByText('The table is busy.').waitFor();
      expect(await rows().count()).toBe(50);
      failing = false;
      await button('Try again').click();
      await expect.poll(() => rows().count()).toBe(100);
    });
  },
);
