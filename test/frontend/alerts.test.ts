import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { localText } from '../../frontend/time/local.ts';
import { HOUR, toText } from '../../shared/kernel/index.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { alertPage, whyAlert, whyIncident } from './alert-sample.ts';
import { incidents, organisation, room } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { open } from './sample.ts';
import { silences } from './silence-sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

describe.skipIf(browserMissing)(`alerts${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let fails = false;
  let isEmpty = false;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    [fails, isEmpty] = [false, false];
    system.api.use((call) => answered(call) ?? organisation(call) ?? room(call) ?? incidents(call));
    await signedIn(page, system);
  });

  function answered({ method, path, query, body }: Call) {
    if (path.startsWith('/api/silences/')) {
      if (method === 'DELETE') return { status: 204, body: undefined };
      return { body: { ...silences.items[0], id: path.split('/').at(-1), ...(body as object) } };
    }
    if (fails && path.startsWith('/api/alerts')) return refusal(503, 'unavailable', 'The table is busy.');
    if (path === `/api/incidents/${open[0]?.id}/explain`) return { body: whyIncident };
    if (path === `/api/incidents/${open[0]?.id}`) return { body: { ...open[0], ...caused } };
    if (path.endsWith('/explain')) return { body: whyAlert };
    if (path === '/api/incidents') return undefined;
    if (path !== '/api/alerts') return undefined;
    const { next: _, ...last } = alertPage;
    if (isEmpty) return { body: { ...last, items: [] } };
    if (query.cursor === undefined) return { body: alertPage };
    return { body: { ...last, items: [{ ...last.items[3], id: 'e'.repeat(64), title: 'Older one' }] } };
  }

  const caused = {
    origin: 'payments-database',
    related: [
      { incident: open[1]?.id, why: 'checkout and payments both need payments-database', score: 0.4 },
    ],
  };
  const go = (path = '/alerts') => page.goto(`${system.site.address}${path}`);
  const lines = async () =>
    (await page.locator('.alert-rows > li').allInnerTexts()).map((line) => line.replaceAll(/\s+/g, ' '));
  const asked = () => system.api.calls.filter(({ path }) => path === '/api/alerts').map(({ query }) => query);

  test('are looked for further back by themselves, some steps, where the newest are of a storm', async () => {
    let empty = 3;
    const storm = ({ path }: Call) => {
      if (path !== '/api/alerts' || empty-- <= 0) return undefined;
      return { body: { ...alertPage, items: [], next: `step ${empty}` } };
    };
    system.api.use((call) => storm(call) ?? answered(call) ?? organisation(call) ?? room(call));
    await go();
    await page.getByText('Older one').waitFor();
    expect(asked().length).toBe(4);
    empty = 50;
    await go('/alerts?text=nothing');
    await page.getByText('No such alert is among what was received since').waitFor();
    await page.getByRole('button', { name: 'Look further back' }).waitFor();
    expect(await faultsOf(page, 'alerts-storm')).toEqual([]);
  });

  test('are listed with what became of each, and further back when asked for', async () => {
    await go();
    await page.getByText('Probe of staging').waitFor();
    const all = await lines();
    expect(all[0]).toMatch(/P1 Critical Firing .*Checkout answers 5xx .*checkout .*In INC-128/);
    expect(all[1]).toContain('Held back until');
    expect(all[2]).toMatch(/No severity Only received .*In no incident/);
    expect(all[3]).toMatch(/Cleared Flapping until .* if it stays as it is/);
    await page.getByText(/^4 alerts are shown, of what was received since/).waitFor();
    await page.getByRole('button', { name: 'Look further back' }).click();
    await page.getByText('Older one').waitFor();
    await page.getByText(/^5 alerts are shown/).waitFor();
    expect(await page.getByRole('button', { name: 'Look further back' }).count()).toBe(0);
  });

  test('are filtered by the address, which says what is chosen', async () => {
    await go('/alerts?state=firing&suppressed=true&since=168');
    await page.getByText('Probe of staging').waitFor();
    expect(asked()[0]).toMatchObject({ state: 'firing', suppressed: 'true' });
    await page.getByLabel('Severity').selectOption('P1_CRITICAL');
    await page.waitForURL(/severity=P1_CRITICAL/);
    await page.getByLabel('Words in title, service or labels').fill('db-replica');
    await page.waitForURL(/text=db-replica/);
    await expect.poll(() => asked().at(-1)).toMatchObject({ severity: 'P1_CRITICAL', text: 'db-replica' });
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.waitForURL(/\/alerts\?since=168$/);
  });

  test('are asked for by what fewer ask, which is open when the address has it', async () => {
    await go();
    await page.getByText('Probe of staging').waitFor();
    expect(await page.getByLabel('Held back').isVisible()).toBe(false);
    await page.getByText('More filters').click();
    await page.getByLabel('Flapping', { exact: true }).selectOption('Flapping');
    await page.waitForURL(/flapping=true/);
    await page.getByLabel('Matchers').fill('team="find"\nhost');
    await page.getByText('Not a matcher: host').waitFor();
    await page.getByLabel('Matchers').fill('team="find"\nhost=~"db.*"');
    await page.waitForURL(/match=team%3D%22find%22&match=host/);
    await page.getByLabel('Received from').fill('0002-01-01T00:00');
    await page.getByText('At most 400 days ago.').waitFor();
    expect(await faultsOf(page, 'alerts-more-filters')).toEqual([]);
    await page.getByLabel('Received from').fill(localText(toText(Date.now() - HOUR)));
    await page.waitForURL((url) => url.searchParams.has('from'));
    expect(asked().some(({ from = '' }) => from.startsWith('0'))).toBe(false);
    await go('/alerts?from=2026-11-28T03:00:00Z&to=2026-11-28T04:00:00Z&incident=false');
    await page.getByText('Probe of staging').waitFor();
    await expect.poll(() => page.getByLabel('Received from').inputValue()).toMatch(/^2026-11-2\dT/);
    expect(asked().at(-1)).toMatchObject({
      ...{ from: '2026-11-28T03:00:00.000Z', to: '2026-11-28T04:00:00.000Z', incident: 'false' },
    });
    await page.getByLabel('How far back').selectOption('The last hour');
    await page.waitForURL((url) => url.searchParams.get('since') === '1' && !url.searchParams.has('from'));
  });

  test('that a silence holds back tell of it, let it last longer and end it', async () => {
    await go();
    await page.getByText(/^Held back until/).click();
    await page.getByText('disks are replaced, ticket 4711').waitFor();
    await page.getByRole('button', { name: /^1 h longer/ }).click();
    await page.getByText(/^It lasts until .* now\.$/).waitFor();
    expect(await faultsOf(page, 'alerts-held-back')).toEqual([]);
    await page.getByRole('button', { name: /^End now/ }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('What held back “Disk of db-replica-3 is 91 % full” has ended').waitFor();
    await page.getByText('That is over;').waitFor();
    const { items } = silences;
    const changes = system.api.calls.filter(({ method }) => method !== 'GET');
    const path = `/api/silences/${alertPage.items[1]?.suppressed?.by}`;
    expect(changes).toMatchObject([
      { method: 'PATCH', path, body: { to: toText(Date.parse(items[0]?.to ?? '') + HOUR) } },
      { method: 'DELETE', path },
    ]);
  });

  test('say why, in words, when they are asked', async () => {
    await go();
    await page.getByText('Why?', { exact: true }).first().click();
    await page.getByText('Step 1 paged level 1: Grace Hopper.').waitFor();
    const told = (await page.locator('.why dl').first().innerText()).replaceAll(/\s+/g, ' ');
    expect(told).toMatch(
      /Received .* Rules Rule 'Production' decided.* \* \(worked out again\) .*it saw "prod".* Incident .*It opened INC-128\. Pages /,
    );
    expect(await faultsOf(page, 'alerts-why')).toEqual([]);
  });

  test('none, and an answer that does not come, say so', async () => {
    isEmpty = true;
    await go();
    await page.getByRole('heading', { name: 'No such alert was received' }).waitFor();
    expect(await faultsOf(page, 'alerts-empty')).toEqual([]);
    [isEmpty, fails] = [false, true];
    await go();
    await page.getByText('The table is busy.').waitFor();
    expect(await faultsOf(page, 'alerts-error')).toEqual([]);
  });

  test('a reason that does not come can be asked for again', async () => {
    await go();
    await page.getByText('Probe of staging').waitFor();
    fails = true;
    await page.getByText('Why?', { exact: true }).first().click();
    await page.getByText('The table is busy.').first().waitFor();
    fails = false;
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('Step 1 paged level 1: Grace Hopper.').waitFor();
  });

  test('an incident says why it is as it is, and why each of its alerts is there', async () => {
    await go(`/incidents/${open[0]?.id}`);
    const cause = (await page.locator('.properties').innerText()).replaceAll(/\s+/g, ' ');
    expect(cause).toMatch(
      /Seems to come from payments-database May have to do with Another incident Found by correlation, 40 % sure: .*/,
    );
    await page.getByText('Why is this incident as it is?').click();
    await page.getByText('Alerts opened it as P1 Critical.').waitFor();
    expect(await faultsOf(page, 'incident-why')).toEqual([]);
    await page.getByRole('tab', { name: /Alerts/ }).click();
    await page.getByText('Why is it here?').first().click();
    await page.getByText('It opened INC-128.').waitFor();
    expect(await faultsOf(page, 'incident-alert-why')).toEqual([]);
  });
});
