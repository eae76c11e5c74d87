import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../shared/kernel/index.ts';
import { visit } from '../frontend/system.ts';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { statusStory } from '../support/status-story.ts';

describe.skipIf(browserMissing)(
  `a reader who subscribes in a browser${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let app: App;
    let browser: Browser;
    beforeAll(async () => {
      [app, browser] = await Promise.all([startApp(), launchBrowser()]);
      await statusStory(app).component('Checkout');
      await statusStory(app).incident('Payments are slow');
      await app.system.idle();
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      await app.stop();
    });

    /** The text of the latest mail to an address. */
    const mailTo = async (address: string) => {
      await app.system.clock.fastForward(MINUTE);
      return (await app.mailbox(address)).at(-1)?.body.text ?? '';
    };
    const linkIn = (text: string) => /https?:\S+\/status\/subscriptions\/\S+/.exec(text)?.[0] ?? '';
    const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();
    /** Fills in the form that the page shows, and sends it; by default the browser itself looks at the address. */
    async function send(page: Page, email: string, isChecked = true) {
      if (!isChecked)
        await page.locator('form').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''));
      await page.getByLabel('E-mail address').fill(email);
      await page.getByRole('button', { name: 'Subscribe' }).press('Enter');
    }

    it('is led from the form to the mail, through it and out again, by pages that anybody can use', async () => {
      const { page, context, complaints } = await visit(browser);
      const looked: string[] = [];
      const look = async (title: string, name: string) => {
        await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
        looked.push(...(await faultsOf(page, `subscribe-${name}`)));
      };
      await page.goto(app.addresses.status);
      await send(page, 'reader at example.com');
      // The browser keeps the form: it has not left the page.
      expect(page.url()).toBe(`${app.addresses.status}/`);
      await send(page, 'reader at example.com', false);
      await look('This is not an e-mail address', 'wrong');
      await page.getByText('Got “reader at example.com”.').waitFor();
      await send(page, 'reader@example.com');
      await look('Look into your mailbox', 'asked');
      await page.getByRole('link', { name: 'To the status page' }).click();
      await page.getByText('Payments are slow').first().waitFor();

      const confirm = linkIn(await mailTo('reader@example.com'));
      await page.goto(confirm);
      await look('Subscribe', 'confirm');
      await page.getByRole('button', { name: 'Subscribe' }).press('Enter');
      await look('You are subscribed', 'confirmed');
      await page.goto(confirm);
      await look('You are subscribed already', 'known');

      await statusStory(app).incident('Search is slow');
      const end = linkIn((await mailTo('reader@example.com')).split('Unsubscribe: ')[1] ?? '');
      await page.goto(end);
      await look('Unsubscribe', 'end');
      await page.getByRole('button', { name: 'Unsubscribe' }).press('Enter');
      await look('You are unsubscribed', 'ended');
      await page.goto(end);
      expect(await heading(page)).toBe('You are unsubscribed');
      await page.goto(confirm);
      expect(await heading(page)).toBe('This link has expired');
      await page.goto(confirm.slice(0, -3));
      await look('This link is not valid', 'forged');
      expect(looked).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    }, 120_000);

    it('[F82] is told when a link is too old, and when too many asked', async () => {
      const { page, context, complaints } = await visit(browser);
      await page.goto(app.addresses.status);
      await send(page, 'late@example.com');
      expect(await heading(page)).toBe('Look into your mailbox');
      const confirm = linkIn(await mailTo('late@example.com'));
      await app.system.clock.fastForward(2 * DAY);
      await page.goto(confirm);
      await page.getByRole('heading', { name: 'This link has expired' }).waitFor();
      expect(await faultsOf(page, 'subscribe-over')).toEqual([]);
      for (let i = 0; i < 11; i++) {
        await page.goto(app.addresses.status);
        await send(page, `foreign${i}@example.com`);
        await page.getByRole('link', { name: 'To the status page' }).waitFor();
      }
      expect(await heading(page)).toBe('Too many requests');
      expect(await faultsOf(page, 'subscribe-too-many')).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    }, 120_000);
  },
);
