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

    it('a draft of the rules is tried on what was received, decides once it is in force, and is rolled back', async () => {
      const send = (number: number, service: string) =>
        app.send('generic', { title: `Cron job ${number} failed`, service, severity: 'critical' });
      await send(7, 'reports');
      const tab = await goTo('Rules');
      await tab.getByRole('link', { name: 'Change the rules' }).click();
      const rules = tab.getByLabel('The rules, in their order');
      const cron =
        '- id: cron\n  name: Cron\n  conditions: { alertPattern: Cron job }\n  actions: { createIncident: false }\n';
      await rules.fill(cron + (await rules.inputValue()));
      await tab.getByRole('button', { name: 'Simulate' }).click();
      await tab
        .getByText("1 alert would be in no incident, and is in one now: 'Cron job 7 failed'")
        .waitFor();
      await tab.getByRole('button', { name: 'Put in force' }).click();
      await tab.getByText('Rules: added cron').waitFor();
      await tab.getByLabel('Why').fill('Cron jobs wake nobody');
      await tab.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click();
      await tab.getByText(/^Version \d+ is in force/).waitFor();
      await send(8, 'nightly');
      expect(await app.incidents('?service=nightly')).toEqual([]);

      await tab.getByRole('link', { name: 'its versions' }).click();
      await tab.getByText('Cron jobs wake nobody').waitFor();
      await tab
        .getByRole('button', { name: /^Roll back/ })
        .first()
        .click();
      await tab.getByText('Rules: removed cron').waitFor();
      await tab.getByLabel('Why').fill('One of them mattered');
      await tab.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
      await tab.getByText(/^Version \d+ is in force, with the content of version \d+/).waitFor();
      await send(9, 'weekly');
      expect(await app.incidents('?service=weekly')).toMatchObject([{ title: 'Cron job 9 failed' }]);
      await tab.context().close();
    });

    it('an alert that belongs elsewhere is split off, and what belongs together is merged again', async () => {
      for (const title of ['Belt stands still', 'Door is open'])
        await app.send('generic', { title, key: title, service: 'depot', severity: 'critical' });
      const [whole] = await app.incidents('?service=depot');
      const tab = await goTo('Incidents');
      await tab.getByRole('link', { name: whole?.title ?? '' }).click();
      await tab.getByRole('tab', { name: 'Alerts (2)' }).click();
      await tab.getByRole('checkbox', { name: 'Split off Door is open' }).check();
      await tab.getByLabel('Why', { exact: true }).fill('Another cause');
      await tab.getByRole('button', { name: 'Split off', exact: true }).click();
      await tab.getByRole('link', { name: /Door is open$/ }).click();
      await tab.getByRole('heading', { level: 1, name: 'Door is open' }).waitFor();

      await tab.getByRole('tab', { name: 'Related' }).click();
      await tab.getByLabel('Find another incident').fill(whole?.name ?? '');
      await tab.getByRole('radio', { name: /Belt stands still/ }).check();
      await tab.getByRole('radio', { name: /^Merge this one/ }).check();
      await tab.getByLabel('Why', { exact: true }).fill('One cause after all');
      await tab.getByRole('button', { name: new RegExp(`into ${whole?.name}$`) }).click();
      await tab.getByText('It was merged and goes on in').waitFor();
      const all = await app.incidents('?service=depot');
      expect(all.find(({ title }) => title === 'Door is open')).toMatchObject({ mergedInto: whole?.id });
      await tab.context().close();
    });
  },
);
