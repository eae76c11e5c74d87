import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { heartbeats } from './heartbeat-sample.ts';
import { ago } from './sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const url = 'https://alerts.example.com/heartbeats/0123456789abcdef0123456789abcdef';
const backup = 'nightly backup of the database of payments in Frankfurt';
type Item = (typeof heartbeats.items)[number];

describe.skipIf(browserMissing)(`heartbeats${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let items: readonly Item[] = heartbeats.items;
  let role: 'administrator' | 'viewer' = 'administrator';
  let fails = false;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    items = heartbeats.items;
    role = 'administrator';
    fails = false;
    system.api.use((call) => answered(call) ?? organisation(call, role));
    await signedIn(page, system);
  });

  function answered({ method, path, body }: Call) {
    if (!path.startsWith('/api/heartbeats')) return undefined;
    if (fails) return refusal(503, 'unavailable', 'The table is busy.');
    if (method === 'GET') return { body: { items } };
    const name = decodeURIComponent(path.slice('/api/heartbeats/'.length));
    const known = items.find((one) => one.name === name);
    if (method === 'DELETE') {
      items = items.filter((one) => one !== known);
      return { status: 204, body: undefined };
    }
    const asked = body as Item;
    const made = {
      ...(known ?? { state: 'waiting', enabled: true, createdAt: ago(0) }),
      ...asked,
      ...(known && typeof asked.enabled === 'boolean' && { state: asked.enabled ? 'alive' : 'paused' }),
    } as Item;
    items = [...items.filter((one) => one !== known), made];
    return { status: known ? 200 : 201, body: known ? made : { ...made, url } };
  }

  const go = async () => {
    await page.goto(`${system.site.address}/heartbeats`);
    await page.getByText(/^Updated/).waitFor();
  };
  const line = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  const sent = (method: string) => system.api.calls.filter((call) => call.method === method);
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
    );

  test('are listed with their state in words, when each called and when it is due, what is missed first, then what is late', async () => {
    await go();
    const words = await Promise.all(
      (await page.locator('.heartbeats > li').all()).map(async (one) =>
        (await one.innerText()).replaceAll(/\s+/g, ' ').replaceAll(/ \(.*?\)/g, ''),
      ),
    );
    expect(words[0]).toMatch(
      /^Missed nightly backup .* P2 High Missed 12 min ago\. Last call 1 d ago\. Look for its incident Every day, with 30 min of grace · backup/,
    );
    expect(words[1]).toMatch(
      /^Late queue worker P3 Medium Missed in (?:2 min|1 min|\d+ s) unless it calls\./,
    );
    expect(words[2]).toMatch(
      /^Waiting Certificates .* Nothing is expected before its first call\. It never called\./,
    );
    expect(words[3]).toMatch(
      /^Alive invoices P1 Critical Due in (?:40|39) min\. Last call 20 min ago\. Every hour, with 5 min of grace · billing · Finance · month end/,
    );
    expect(words[4]).toMatch(
      /^Paused old import P3 Medium Nothing is expected of it\. Last call 2 d 2 h ago\./,
    );
    expect(await page.getByRole('status').allInnerTexts()).toContain(
      '1 missed, 1 late, 1 alive, 1 waiting, 1 paused',
    );
  });

  test('tell the time as it goes, and are late once their grace has begun', async () => {
    items = heartbeats.items.filter(({ name }) => name === 'invoices');
    await page.clock.install();
    await go();
    await page.getByText(/Due in (?:40|39) min\./).waitFor();
    await page.clock.fastForward('30:00');
    await page.getByText(/Due in (?:10|9) min\./).waitFor();
    await page.clock.fastForward('12:00');
    await page.getByText(/Missed in [23] min unless it calls\./).waitFor();
    await line('invoices').getByText('Late').waitFor();
    await page.getByRole('status').getByText('1 late').waitFor();
  });

  test('lead to the incident of what is missed', async () => {
    await go();
    await page.getByRole('link', { name: 'Look for its incident' }).click();
    await page.waitForURL(/\/incidents\?text=Heartbeat\+nightly\+backup.*missing$/);
  });

  test('are made by a form, and the address is shown once, with lines to copy', async () => {
    await go();
    await page.getByText('Create a heartbeat', { exact: true }).click();
    await page.getByLabel('Name').fill('disk check');
    await page.getByLabel('It calls every', { exact: true }).fill('30');
    await page.getByLabel('Unit of “It calls every”').selectOption('minutes');
    await page.getByLabel('P2').check();
    await page.getByLabel('Service').fill('storage');
    await page.getByLabel('Tags').fill('disk, linux');
    expect(await faultsOf(page, 'heartbeat-form')).toEqual([]);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'disk check waits for its first call' }).waitFor();
    expect(sent('POST').map(({ body }) => body)).toEqual([
      {
        ...{ name: 'disk check', intervalMinutes: 30, graceMinutes: 5, severity: 'P2_HIGH' },
        ...{ service: 'storage', tags: ['disk', 'linux'] },
      },
    ]);
    expect(await focused()).toBe('disk check waits for its first call');
    expect(await page.locator('.secret code').allInnerTexts()).toEqual([
      url,
      `curl -fsS -m 10 --retry 5 -o /dev/null '${url}'`,
      `*/30 * * * * /path/to/job && curl -fsS -m 10 --retry 5 -o /dev/null '${url}'`,
    ]);
    expect(await faultsOf(page, 'heartbeat-secret')).toEqual([]);
    await page.getByRole('button', { name: 'I have it' }).click();
    await line('disk check').waitFor();
    expect(await page.locator('body').innerText()).not.toContain(url);
  });

  test('that are written wrongly say so at their fields, and nothing is sent', async () => {
    await go();
    await page.getByText('Create a heartbeat', { exact: true }).click();
    await page.getByLabel('Grace', { exact: true }).fill('soon');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('A whole number, at most 24 hours; 0 for none.').waitFor();
    await page.getByText('A letter or digit first').waitFor();
    expect(await page.getByLabel('Name').evaluate((own) => own === document.activeElement)).toBe(true);
    expect(await faultsOf(page, 'heartbeat-faults')).toEqual([]);
    expect(sent('POST')).toEqual([]);
  });

  test('are changed; what is emptied is taken away, and the keyboard is given back', async () => {
    await go();
    await page.getByRole('button', { name: 'Change invoices' }).press('Enter');
    const open = line('invoices');
    expect(await open.getByLabel('It calls every', { exact: true }).inputValue()).toBe('1');
    expect(await open.getByLabel('Unit of “It calls every”').inputValue()).toBe('hours');
    await open.getByLabel('Owner team').fill('');
    await open.getByLabel('Title of the alert').fill('Nobody is billed');
    expect(await faultsOf(page, 'heartbeat-change')).toEqual([]);
    await open.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').getByText('invoices was saved.').waitFor();
    expect(sent('PATCH')).toMatchObject([
      {
        path: '/api/heartbeats/invoices',
        body: { ownerTeam: null, alertTitle: 'Nobody is billed', service: 'billing', intervalMinutes: 60 },
      },
    ]);
    expect(await focused()).toBe('Change invoices');
  });

  test('are paused and go on', async () => {
    await go();
    const button = (verb: string) => page.getByRole('button', { name: `${verb} queue worker` });
    const place = async () =>
      (await page.locator('.heartbeats strong').allInnerTexts()).indexOf('queue worker');
    const seen = (verb: string) =>
      button(verb).evaluate((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        return there === null ? `beyond the edge at ${top}` : one.contains(there) || there.outerHTML;
      });
    await page.setViewportSize({ width: 360, height: 500 });
    expect(await place()).toBe(1);
    await button('Pause').press('Enter');
    await button('Resume').waitFor();
    // Its line goes to its place by name; the keyboard and the view go with it.
    await expect.poll(place).toBe(4);
    expect(await focused()).toBe('Resume queue worker');
    await expect.poll(() => seen('Resume')).toBe(true);
    await button('Resume').press('Enter');
    await button('Pause').waitFor();
    await expect.poll(place).toBe(1);
    expect(await focused()).toBe('Pause queue worker');
    await expect.poll(() => seen('Pause')).toBe(true);
    expect(sent('PATCH').map(({ path, body }) => [path, body])).toEqual([
      ['/api/heartbeats/queue%20worker', { enabled: false }],
      ['/api/heartbeats/queue%20worker', { enabled: true }],
    ]);
  });

  test('are removed after a question, which gives the keyboard back', async () => {
    await go();
    const button = page.getByRole('button', { name: `Remove ${backup}` });
    await button.press('Enter');
    await page.getByRole('dialog', { name: `Remove ${backup}?` }).waitFor();
    expect(await faultsOf(page, 'heartbeat-remove')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe(`Remove ${backup}`);
    expect(sent('DELETE')).toEqual([]);
    await button.press('Enter');
    await page.getByRole('button', { name: 'Remove it' }).click();
    await button.waitFor({ state: 'detached' });
    await page.getByRole('status').getByText(`${backup} was removed.`).waitFor();
    expect(await focused()).toBe('Heartbeats');
  });

  test('that cannot be changed say why, and lose nothing', async () => {
    await go();
    await page.getByText('Create a heartbeat', { exact: true }).click();
    await page.getByLabel('Name').fill('disk check');
    fails = true;
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('The table is busy. (request req-1) What you wrote is kept.').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('disk check');
    await page.getByRole('button', { name: 'Pause invoices' }).click();
    await line('invoices').getByText('The table is busy.').waitFor();
  });

  test('are looked at by everybody, and changed by managers', async () => {
    role = 'viewer';
    await go();
    await page.getByText('A viewer may look; a manager creates and changes them.').waitFor();
    expect(await page.getByText('Create a heartbeat').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^(?:Pause|Change|Remove)/ }).count()).toBe(0);
    expect(await faultsOf(page, 'heartbeats-viewer')).toEqual([]);
  });

  test('that are none say what they are for', async () => {
    items = [];
    await go();
    await page.getByRole('heading', { name: 'Nothing is watched by a heartbeat yet' }).waitFor();
    expect(await faultsOf(page, 'heartbeats-empty')).toEqual([]);
  });
});
