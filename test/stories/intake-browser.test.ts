import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { trustCertificateOf } from '../../infra/local/gateway/trust.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { type Visits, visitsOf } from '../support/one-clock.ts';
import { signInOn } from '../support/sign-in.ts';

describe.skipIf(browserMissing)(
  `what alerts, as a manager sets it up in a browser${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: 90_000 },
  () => {
    let app: App;
    let browser: Browser;
    let visits: Visits;
    beforeAll(async () => {
      [app, browser] = await Promise.all([startApp(), launchBrowser()]);
      visits = visitsOf(browser, app.system);
      trustCertificateOf(app.system.data);
    });
    afterAll(async () => {
      await browser.close();
      await app.stop();
    });
    afterEach(() => {
      expect(visits.complaints()).toEqual([]);
    });

    const goTo = async (part: string): Promise<Page> => {
      const tab = await visits.visit();
      await tab.goto(app.addresses.console);
      await signInOn(tab);
      await tab.getByRole('link', { name: part }).click();
      return tab;
    };
    const addressIn = (tab: Page) => tab.locator('.secret code').first().innerText();

    it('a heartbeat waits, is alive by its call, is missed when the next stays away, and leads to its incident', async () => {
      const tab = await goTo('Heartbeats');
      await tab.getByRole('heading', { name: 'Nothing is watched by a heartbeat yet' }).waitFor();
      await tab.getByText('Create a heartbeat', { exact: true }).click();
      await tab.getByLabel('Name').fill('nightly backup');
      await tab.getByLabel('It calls every', { exact: true }).fill('10');
      await tab.getByLabel('Unit of “It calls every”').selectOption('minutes');
      await tab.getByRole('button', { name: 'Create' }).click();
      await tab.getByRole('heading', { name: 'nightly backup waits for its first call' }).waitFor();
      expect((await fetch(await addressIn(tab))).status).toBe(200);
      const line = tab.getByRole('listitem').filter({ hasText: 'nightly backup' });
      await visits.fastForward(MINUTE);
      await line.getByText('Alive').waitFor();
      await visits.fastForward(16 * MINUTE);
      await line.getByText('Missed', { exact: true }).waitFor();
      await line.getByRole('link', { name: 'Look for its incident' }).click();
      await tab.getByRole('link', { name: 'Heartbeat nightly backup is missing' }).waitFor();
      await tab.context().close();
    });

    it('a mapping that is saved is how bodies are read', async () => {
      const { url } = (await app.call('POST', '/api/integrations', { name: 'Pumps', source: 'generic' }))
        .body as {
        readonly url: string;
      };
      const tab = await goTo('Integrations');
      await tab.getByRole('button', { name: 'Manage Pumps' }).click();
      await tab.getByText('Where its bodies say what').click();
      await tab.getByLabel('Title', { exact: true }).fill('/kopf');
      await tab.getByLabel('Service', { exact: true }).fill('/anlage');
      await tab.getByRole('button', { name: 'Save' }).click();
      await tab.getByText('Saved. It counts after a minute at most.').waitFor();
      const body = JSON.stringify({ kopf: 'Pumpe steht', anlage: 'pumpen' });
      expect((await fetch(url, { method: 'POST', body })).status).toBe(202);
      await app.system.idle();
      expect(await app.incidents('?service=pumpen')).toMatchObject([{ title: 'Pumpe steht' }]);
      await tab.context().close();
    });
  },
);
