import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { trustCertificateOf } from '../../infra/local/gateway/trust.ts';
import { DAY, HOUR, MINUTE } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { type Visits, visitsOf } from '../support/one-clock.ts';
import { signInOn } from '../support/sign-in.ts';

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(browserMissing)(
  `a browser on the whole system${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: 90_000 },
  () => {
    let app: App;
    let browser: Browser;
    let visits: Visits;
    beforeAll(async () => {
      [app, browser] = await Promise.all([startApp(), launchBrowser()]);
      visits = visitsOf(browser, app.system);
    });
    afterAll(async () => {
      await browser.close();
      await app.stop();
    });
    afterEach(() => {
      expect(visits.complaints()).toEqual([]);
    });

    const visit = (options?: BrowserContextOptions): Promise<Page> => visits.visit(options);
    const signIn = async (tab: Page) => {
      await tab.goto(app.addresses.console);
      await signInOn(tab);
      await tab.getByRole('link', { name: 'Resolved' }).waitFor();
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

      const title = 'Checkout answers with errors';
      await app.send('generic', { title, service: 'checkout', severity: 'critical' });
      await app.send('generic', { title: 'Search is slow', service: 'search', severity: 'warning' });
      const line = tab.getByRole('link', { name: title });
      await line.waitFor();
      await tab.getByText('INC-2').waitFor();
      await line.click();
      await tab.getByRole('heading', { level: 1, name: title }).waitFor();
      await tab.getByText('Paged level 1: Ada Lovelace.').waitFor();

      expect(await found('checkout')).toMatchObject({ state: 'triggered' });
      await tab.getByRole('button', { name: 'Acknowledge' }).click();
      await tab.locator('.feed li', { hasText: 'acknowledged. The escalation has stopped.' }).waitFor();
      await tab.getByRole('button', { name: 'Resolve' }).waitFor();
      expect(await found('checkout')).toMatchObject({
        state: 'acknowledged',
        acknowledgedBy: { kind: 'person' },
      });
      await tab.getByRole('textbox', { name: 'Message' }).fill('Rolling back to the version of yesterday.');
      await tab.getByRole('button', { name: 'Send' }).click();
      await tab.locator('.said-entry', { hasText: 'Rolling back' }).waitFor();
      expect(await faultsOf(tab, 'acknowledged')).toEqual([]);
      const { id = '' } = (await found('checkout')) ?? {};
      expect((await app.facts(id)).at(-1)).toMatchObject({
        type: 'room.said',
        actor: { kind: 'person' },
      });
      await tab.context().close();
    });

    it('a manager makes an integration, whose line sends an alert; another incident is declared by hand', async () => {
      const tab = await visit();
      await signIn(tab);
      await tab.getByRole('link', { name: 'Integrations' }).click();
      await tab.getByLabel('Source').selectOption('generic');
      await tab.getByLabel('Name').fill('A trial');
      await tab.getByRole('button', { name: 'Create' }).click();
      await tab.getByRole('heading', { name: 'A trial may send alerts now' }).waitFor();
      const line = (await tab.locator('.secret code').last().innerText()).replaceAll('\n', '');
      const [, type = '', body = '', address = ''] = /^curl -H '(.+?)' -d '(.+)' '(.+)'$/.exec(line) ?? [];
      const [name = '', value = ''] = type.split(': ');
      trustCertificateOf(app.system.data);
      const answer = await fetch(address, { method: 'POST', headers: { [name]: value }, body });
      expect(answer.status).toBe(202);

      await tab.getByRole('link', { name: 'Services' }).click();
      const known = tab.getByRole('listitem').filter({ hasText: 'trial' });
      await visits.fastForward(MINUTE);
      await known.getByText('1 open, nobody answered').waitFor();
      expect(await faultsOf(tab, 'services')).toEqual([]);
      await tab.getByRole('link', { name: 'On call' }).click();
      await tab.getByText('Ada Lovelace').first().waitFor();
      expect(await faultsOf(tab, 'on-call')).toEqual([]);

      await tab.getByRole('link', { name: 'Incidents' }).click();
      await tab.getByRole('link', { name: 'Declare an incident' }).click();
      await tab.getByLabel('What is wrong').fill('Nobody can log in');
      await tab.getByRole('radio', { name: 'P1 Critical' }).check();
      await tab.getByLabel('Service').fill('Logins');
      expect(await faultsOf(tab, 'declare')).toEqual([]);
      await tab.getByRole('button', { name: 'Declare the incident' }).click();
      await tab.getByRole('heading', { level: 1, name: 'Nobody can log in' }).waitFor();
      await tab.getByText('Paged level 1: Ada Lovelace.').waitFor();
      expect(await found('logins')).toMatchObject({
        severity: 'P1_CRITICAL',
        openedBy: { kind: 'person' },
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

    it('the browser lives by the same clock: what is next comes nearer, and passes', async () => {
      const title = 'Backups have not run';
      const tab = await visit();
      await signIn(tab);
      await app.send('generic', { title, service: 'backups', severity: 'critical' });
      const row = tab.getByRole('listitem').filter({ hasText: title });
      await row.getByText(/in 4 min/).waitFor();
      await visits.fastForward(3 * MINUTE);
      await row.getByText(/in 1 min/).waitFor();
      await visits.fastForward(3 * MINUTE);
      await row.getByText(/in [89] min/).waitFor();
      const pages = await app.mailbox('grace@example.com');
      expect(pages.filter(({ subject }) => subject.includes(title))).toHaveLength(1);
      await tab.context().close();
    });

    it('a tab that slept through hours renews its token and goes on, without a word', async () => {
      const tab = await visit();
      await signIn(tab);
      const token = () => tab.evaluate(() => Object.values(sessionStorage).join());
      const before = await token();
      await visits.fastForward(5 * HOUR);
      await app.send('generic', { title: 'Sleepers wake', service: 'clocks', severity: 'warning' });
      await tab.getByRole('link', { name: 'Sleepers wake' }).waitFor();
      expect(await tab.getByRole('button', { name: 'Sign in' }).count()).toBe(0);
      expect(await token()).not.toBe(before);
      // The calls that the old token was sent with were refused, which a browser writes down as errors.
      expect(visits.complaints().filter((text) => !text.includes('401'))).toEqual([]);
      await tab.context().close();
    });

    it('[F41] a link of a page opens nothing any more after a day', async () => {
      const title = 'Disks are full';
      await app.send('generic', { title, service: 'disks', severity: 'critical' });
      const link = await linkAbout(title);
      const tab = await visit(phone);
      await tab.goto(link);
      const button = tab.getByRole('button', { name: 'Acknowledge as Ada Lovelace' });
      await button.waitFor();
      await visits.fastForward(DAY + MINUTE);
      await button.tap();
      await tab.getByText(/expired/).waitFor();
      expect(await faultsOf(tab, 'expired')).toEqual([]);
      expect(await found('disks')).toMatchObject({ state: 'triggered' });
      visits.complaints();
      await tab.context().close();
    });
  },
);
