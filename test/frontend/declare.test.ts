import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { incidents, listed, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { open } from './sample.ts';
import { type Call, type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const [first] = open;

describe.skipIf(browserMissing)(
  `declaring an incident${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      await signedIn(page, system);
    });

    const use = (respond: Respond, role?: 'viewer') =>
      system.api.use((call) => respond(call) ?? organisation(call, role) ?? incidents(call));
    const made = (): Call[] =>
      system.api.calls.filter(({ method, path }) => method === 'POST' && path === '/api/incidents');
    const go = () => page.goto(`${system.site.address}/incidents/new`);
    const declare = () => page.getByRole('button', { name: 'Declare the incident' });
    const title = () => page.getByLabel('What is wrong');

    test('works with the keyboard alone, says who is paged, and leads to the incident', async () => {
      use(({ method }) => (method === 'POST' && first ? { status: 201, body: listed(first) } : undefined));
      await page.goto(system.site.address);
      await page.getByRole('link', { name: 'Declare an incident' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Pages Grace Hopper (level 1) first.').waitFor();
      await title().focus();
      await page.keyboard.type('Checkout is down');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Tab');
      await page.keyboard.type('checkout');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Nobody can pay.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: first?.title ?? '' }).waitFor();
      expect(made().map(({ body }) => body)).toEqual([
        {
          title: 'Checkout is down',
          severity: 'P1_CRITICAL',
          service: 'checkout',
          description: 'Nobody can pay.',
        },
      ]);
    });

    test('suggests services, and another policy with whom it reaches', async () => {
      use(() => undefined);
      await go();
      await page.getByLabel('Policy').selectOption('Data platform');
      await page.getByText('Pages Ada Lovelace (level 2) first.').waitFor();
      const suggested = page.locator('datalist option');
      expect(await suggested.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toContain(
        'checkout',
      );
      await page.getByRole('radio', { name: 'P4 Low' }).check();
      await page.getByText('It is recorded, and nobody is paged.').waitFor();
      expect(await page.getByLabel('Policy').count()).toBe(0);
    });

    test('that fails keeps what was written, and the same is sent again under the same key', async () => {
      let lost = true;
      use(({ method }) => {
        if (method !== 'POST' || !first) return undefined;
        if (!lost) return { status: 201, body: listed(first) };
        lost = false;
        return refusal(503, 'unavailable', 'The table is busy.');
      });
      await go();
      await title().fill('Checkout is down');
      await declare().click();
      await page.getByText('The table is busy. (request req-1) What you wrote is kept.').waitFor();
      expect(await title().inputValue()).toBe('Checkout is down');
      await declare().click();
      await page.getByRole('heading', { level: 1, name: first?.title ?? '' }).waitFor();
      const keys = made().map(({ headers }) => headers['idempotency-key']);
      expect(keys).toEqual([expect.stringMatching(/./), keys[0]]);
      await go();
      expect(await title().inputValue()).toBe('');
    });

    test('that was changed after a failure has another key', async () => {
      use(({ method }) => (method === 'POST' ? refusal(503, 'unavailable', 'Busy.') : undefined));
      await go();
      await title().fill('Checkout is down');
      await declare().click();
      await page.getByRole('alert').waitFor();
      await title().fill('Checkout is slow');
      await declare().click();
      await expect.poll(() => made().length, { timeout: 10_000 }).toBe(2);
      const [one, two] = made().map(({ headers }) => headers['idempotency-key']);
      expect(one).not.toBe(two);
    });

    test('that is begun survives a reload', async () => {
      use(() => undefined);
      await go();
      await title().fill('Half a sentence');
      await page.getByRole('radio', { name: 'P3 Medium' }).check();
      await page.reload();
      await expect.poll(() => title().inputValue(), { timeout: 10_000 }).toBe('Half a sentence');
      expect(await page.getByRole('radio', { name: 'P3 Medium' }).isChecked()).toBe(true);
    });

    test('is not for who may only read, who is told so', async () => {
      use(() => undefined, 'viewer');
      await page.goto(system.site.address);
      await page.getByText('INC-128').waitFor();
      expect(await page.getByRole('link', { name: 'Declare an incident' }).count()).toBe(0);
      await go();
      await page.getByText('A viewer may not declare incidents; that needs a responder or above.').waitFor();
      expect(await title().count()).toBe(0);
    });
  },
);
