import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(browserMissing)(
  `a browser on the whole system${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: 90_000 },
  () => {
    let app: App;
    let browser: Browser;
    const complaints: string[] = [];
    beforeAll(async () => {
      [app, browser] = await Promise.all([startApp(), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await app.stop();
    });
    afterEach(() => {
      expect(complaints.splice(0)).toEqual([]);
    });

    const visit = async (options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      return page;
    };
    const found = async (service: string) => (await app.incidents(`?service=${service}`))[0];
    const linkAbout = async (title: string) => {
      const mails = await app.mailbox('ada@example.com');
      const text = mails.find(({ subject }) => subject.includes(title))?.body.text ?? '';
      return /Acknowledge: (\S+)/.exec(text)?.[1] ?? '';
    };

    it('somebody signs in, sees an incident arrive, opens it, acknowledges it and reads the log', async () => {
      const tab = await visit();
      await tab.goto(app.addresses.console);
      expect(await faultsOf(tab, 'signed-out')).toEqual([]);
      await tab.getByRole('button', { name: 'Sign in' }).click();
      const address = tab.getByLabel('E-mail address');
      await address.waitFor();
      expect(await faultsOf(tab, 'sign-in')).toEqual([]);
      await address.fill('admin@example.com');
      await tab.getByRole('button', { name: 'Sign in' }).click();
      await tab.getByText('Nothing is open').waitFor();
      expect(await faultsOf(tab, 'nothing-open')).toEqual([]);

      const title = 'Checkout answers with errors';
      await app.send('generic', { title, service: 'checkout', severity: 'critical' });
      await app.send('generic', { title: 'Search is slow', service: 'search', severity: 'warning' });
      const line = tab.getByRole('link', { name: title });
      await line.waitFor();
      await tab.getByText('INC-2').waitFor();
      expect(await faultsOf(tab, 'list')).toEqual([]);
      await line.click();
      await tab.getByRole('heading', { level: 1, name: title }).waitFor();
      await tab.getByText('Paged level 1: Ada Lovelace.').waitFor();
      expect(await faultsOf(tab, 'incident')).toEqual([]);

      expect(await found('checkout')).toMatchObject({ state: 'triggered' });
      await tab.getByRole('button', { name: 'Acknowledge' }).click();
      await tab.locator('.log li', { hasText: 'acknowledged. The escalation has stopped.' }).waitFor();
      await tab.getByRole('button', { name: 'Resolve' }).waitFor();
      expect(await found('checkout')).toMatchObject({
        state: 'acknowledged',
        acknowledgedBy: { kind: 'person' },
      });
      await tab.getByLabel('Note').fill('Rolling back to the version of yesterday.');
      await tab.getByRole('button', { name: 'Add note' }).click();
      await tab.locator('blockquote', { hasText: 'Rolling back' }).waitFor();
      expect(await faultsOf(tab, 'acknowledged')).toEqual([]);
      const { id = '' } = (await found('checkout')) ?? {};
      expect((await app.facts(id)).at(-1)).toMatchObject({
        type: 'incident.noted',
        actor: { kind: 'person' },
      });
      await tab.context().close();
    });

    it('[F41] on a phone the link of a page changes nothing until its button is pressed, and works once', async () => {
      const title = 'Invoices are not sent';
      await app.send('generic', { title, service: 'invoices', severity: 'critical' });
      const link = await linkAbout(title);
      const tab = await visit(phone);
      await tab.goto(link);
      await tab.getByRole('heading', { name: title }).waitFor();
      expect(await faultsOf(tab, 'respond')).toEqual([]);
      expect(await found('invoices')).toMatchObject({ state: 'triggered' });
      await tab.getByRole('button', { name: 'Acknowledge as Ada Lovelace' }).tap();
      await tab.getByText(/It is acknowledged by Ada Lovelace/).waitFor();
      expect(await faultsOf(tab, 'responded')).toEqual([]);
      expect(await found('invoices')).toMatchObject({
        state: 'acknowledged',
        acknowledgedBy: { kind: 'person', id: 'per_ada' },
      });
      await tab.goto(link);
      await tab.getByText(/It is already acknowledged by Ada Lovelace/).waitFor();
      expect(await tab.getByRole('button').count()).toBe(0);
      await tab.context().close();
    });

    it('the inbox shows the mail, whose button leads to the same page', async () => {
      const title = 'Exports hang';
      await app.send('generic', { title, service: 'exports', severity: 'critical' });
      const tab = await visit();
      await tab.goto(app.addresses.inbox);
      const line = tab.getByRole('button', { name: title });
      await line.waitFor();
      expect(await faultsOf(tab, 'inbox')).toEqual([]);
      await line.click();
      const frame = tab.frameLocator('#html');
      await frame.getByRole('heading', { name: title }).waitFor();
      expect(await faultsOf(tab, 'mail')).toEqual([]);
      const opening = tab.context().waitForEvent('page');
      await frame.getByRole('link', { name: 'Acknowledge' }).click();
      const opened = await opening;
      await opened.getByRole('button', { name: 'Acknowledge as Ada Lovelace' }).click();
      await opened.getByText(/It is acknowledged by Ada Lovelace/).waitFor();
      expect(await found('exports')).toMatchObject({ state: 'acknowledged' });
      await tab.context().close();
    });
  },
);
