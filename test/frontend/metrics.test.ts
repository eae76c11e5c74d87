import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { incidents, organisation } from './answers.ts';
import { clockOf } from './clock-sample.ts';
import { eachVisit } from './each-visit.ts';
import { yearOfMetrics } from './metrics-sample.ts';
import { open as openIncidents } from './sample.ts';
import { type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const targets = {
  mtta: { severity: { P1_CRITICAL: 5 * MINUTE } },
  mttr: { severity: { P1_CRITICAL: 2 * HOUR, P2_HIGH: 4 * HOUR }, overall: 6 * HOUR },
};
const unavailable = refusal(503, 'unavailable', 'The table is busy. Try again in a few seconds.');

const [first] = openIncidents;
const clockPath = `/api/incidents/${first?.id}/metrics`;

interface Scene {
  readonly name: string;
  readonly path: string;
  readonly until: string;
  readonly respond: Respond;
  readonly act?: (page: Page) => Promise<void>;
}

const year = () => yearOfMetrics({ count: 1_500, open: 6, targets });

const scenes: readonly Scene[] = [
  { name: 'metrics-year', path: '/metrics?days=365', until: 'Export these incidents', respond: year() },
  {
    name: 'metrics-unfolded',
    path: '/metrics?days=90&by=service&measure=mtta',
    until: 'Export these incidents',
    respond: year(),
    act: async (page) => {
      await page.getByText('As a table').click();
      await page.getByText('Change the targets').click();
      await page.getByText('MTTA, median').first().click();
    },
  },
  {
    name: 'metrics-few',
    path: '/metrics?days=30',
    until: 'Export these incidents',
    respond: yearOfMetrics({ count: 60 }),
  },
  {
    name: 'metrics-empty',
    path: '/metrics?days=7',
    until: 'No incident was opened',
    respond: yearOfMetrics({ count: 0 }),
  },
  {
    name: 'metrics-range-fault',
    path: '/metrics?from=2026-11-30&to=2026-11-01',
    until: 'The last day comes before the first one',
    respond: year(),
  },
  { name: 'metrics-error', path: '/metrics', until: 'The table is busy', respond: () => unavailable },
  {
    name: 'metrics-behind',
    path: `/metrics/incidents?${new URLSearchParams({
      from: new Date(Date.now() - 3_000 * HOUR).toISOString(),
      ...{ severity: 'P1_CRITICAL', measure: 'mttr', standing: 'missed' },
    })}`,
    until: 'Export these incidents',
    respond: year(),
  },
];

describe.skipIf(browserMissing)(
  `metrics in the console${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;
    eachVisit((visit) => {
      ({ system, page } = visit);
    });

    const open = async (path: string, respond: Respond, role?: 'viewer', instead?: Respond) => {
      system.api.use((call) => instead?.(call) ?? organisation(call, role) ?? respond(call));
      await signedIn(page, system);
      await page.goto(`${system.site.address}${path}`);
    };

    test.each(scenes)('$name: no serious finding, in both themes, wide and on a phone', async (scene) => {
      await open(scene.path, scene.respond);
      await page.getByText(scene.until).first().waitFor();
      await scene.act?.(page);
      expect(await faultsOf(page, scene.name)).toEqual([]);
    });

    test('every number opens as many incidents as it says', async () => {
      await open('/metrics?days=365', year());
      await page.getByText('Export these incidents').waitFor();
      const links = page
        .locator('.measures a, .figures a, .week td a, .suggestions a')
        .filter({ hasText: /\d/ });
      const told = await links.evaluateAll((all) =>
        all.map((one) => ({ text: one.textContent ?? '', href: one.getAttribute('href') ?? '' })),
      );
      const counted = told.flatMap(({ text, href }) => {
        const n = /n = (\d+)/.exec(text)?.[1] ?? /^(?:The )?(\d+)\b(?! (?:s|min|h|d)\b)/.exec(text)?.[1];
        return n === undefined || !href.includes('/incidents?') ? [] : [{ n: Number(n), href }];
      });
      expect(counted.length).toBeGreaterThan(60);
      for (const { n, href } of counted.filter((_, i) => i % 25 === 0)) {
        await page.goto(`${system.site.address}${href}`);
        await page.getByText(new RegExp(`^${n} incidents?\\b`)).waitFor();
      }
    });

    test('the window is in the address, and a name narrows the page to it', async () => {
      await open('/metrics', year());
      await page.getByRole('link', { name: 'A year' }).click();
      await page.waitForURL(/days=365/);
      await page.getByRole('rowheader').getByRole('link', { name: 'P1' }).click();
      await page.getByText('Only severity P1').waitFor();
      const asked = () => system.api.calls.findLast(({ path }) => path === '/api/metrics/dashboard')?.query;
      await expect.poll(asked).toMatchObject({ severity: 'P1_CRITICAL' });
      await page.goBack();
      await page.getByText('Only severity P1').waitFor({ state: 'detached' });
    });

    test('any days are chosen by their dates, with a clear error, and a link shows the same', async () => {
      await open('/metrics?days=30', yearOfMetrics({ count: 300 }));
      const [from, to] = [page.getByLabel('From'), page.getByLabel('To, that day included')];
      const show = page.getByRole('button', { name: 'Show these days' });
      await page.getByText('Export these incidents').waitFor();
      const last = await to.inputValue();
      await from.fill('2999-01-01');
      await show.click();
      await page.getByRole('alert').getByText('The last day comes before the first one').waitFor();
      const first = new Date(Date.parse(last) - 59 * DAY).toISOString().slice(0, 10);
      await from.fill(first);
      await show.click();
      await page.waitForURL(new RegExp(`from=${first}&to=${last}`));
      const asked = () => system.api.calls.findLast(({ path }) => path === '/api/metrics/dashboard')?.query;
      await expect.poll(() => asked()?.to).toBeDefined();
      const { from: begin = '', to: end = '' } = asked() ?? {};
      expect(Math.round((Date.parse(end) - Date.parse(begin)) / DAY)).toBe(60);
      await page
        .getByText(/60 days before:/)
        .first()
        .waitFor();
      await page.reload();
      await page.getByText('Export these incidents').waitFor();
      expect(await from.inputValue()).toBe(first);
      expect(asked()).toMatchObject({ from: begin, to: end });
      await page.getByRole('link', { name: '7 days' }).click();
      await page.waitForURL(/days=7$/);
    });

    test('days that an address has wrong are told, and nothing is asked for', async () => {
      await open('/metrics?from=2020-01-01&to=2026-11-01', year());
      await page.getByRole('alert').getByText('choose at most 366').waitFor();
      expect(system.api.calls.some(({ path }) => path === '/api/metrics/dashboard')).toBe(false);
    });

    test('says that it loads until the answer is there', async () => {
      await open('/none', year());
      await page.route('**/api/metrics/dashboard?*', () => undefined);
      await page.goto(`${system.site.address}/metrics`);
      await page.getByRole('status').getByText('Loading the metrics').waitFor();
    });

    test('targets are written as people write times, and sent in milliseconds from the version that was read', async () => {
      await open('/metrics?days=7', yearOfMetrics({ count: 0, targets }));
      await page.getByText('Change the targets').click();
      const field = page.getByRole('textbox', { name: 'P2, MTTA' });
      await field.fill('soon');
      await page.getByText('Write it as').waitFor();
      await field.fill('1 h 30 min');
      await page.getByRole('button', { name: 'Save the targets' }).click();
      await expect.poll(() => system.api.calls.find(({ method }) => method === 'POST')).toBeDefined();
      const { body, headers } = system.api.calls.find(({ method }) => method === 'POST') ?? {};
      expect(headers?.['if-match']).toBe('"3"');
      expect(body).toMatchObject({
        mtta: { severity: { P1_CRITICAL: 5 * MINUTE, P2_HIGH: 90 * MINUTE, P3_MEDIUM: null }, overall: null },
        mttr: { severity: { P1_CRITICAL: 2 * HOUR }, overall: 6 * HOUR },
      });
    });

    test('shows what was set before, by whom and when', async () => {
      await open('/metrics?days=7', yearOfMetrics({ count: 0, targets }), 'viewer');
      await page.locator('summary', { hasText: 'Earlier targets' }).click();
      await page.getByText('Ann: MTTA P1 5 min; MTTR P1 2 h, P2 4 h, all others 6 h').waitFor();
    });

    test('a viewer reads the targets and is offered no change', async () => {
      await open('/metrics?days=7', yearOfMetrics({ count: 0, targets }), 'viewer');
      await page.getByRole('rowheader', { name: 'All others' }).waitFor();
      expect(await page.getByText('Change the targets').count()).toBe(0);
    });

    test('an open incident shows its clock, which goes on without asking, and is asked anew when it changes', async () => {
      const asked = () => system.api.calls.filter(({ path }) => path === clockPath).length;
      const openedAt = new Date(Date.now() - 4 * MINUTE).toISOString();
      const known: { version: number; state: string } = { version: 1, state: 'triggered' };
      await open(
        '/none',
        (call) =>
          call.path === `/api/incidents/${first?.id}`
            ? { body: { ...first, ...known, openedAt } }
            : incidents(call),
        undefined,
        (call) =>
          call.path === clockPath ? { body: clockOf(first?.id ?? '', undefined, openedAt) } : undefined,
      );
      await page.clock.install();
      await page.goto(`${system.site.address}/incidents/${first?.id}`);
      const aims = page.getByRole('list', { name: 'Targets' });
      await aims.getByText(/^Acknowledge within 5 min: only \d+ s left$/).waitFor();
      await aims.getByText(/^Resolve within 2 h: 1 h 5\d min left$/).waitFor();
      await page.clock.fastForward(2 * MINUTE);
      await aims.getByText(/^Acknowledge within 5 min: over by 1 min$/).waitFor();
      expect(asked()).toBe(1);
      known.version = 2;
      await page.clock.fastForward(4 * SECOND);
      await expect.poll(asked).toBe(2);
      known.state = 'resolved';
      await page.clock.fastForward(4 * SECOND);
      await aims.waitFor({ state: 'detached' });
    });

    test.each([
      ['nothing where no target is set', { body: clockOf(first?.id ?? '', {}) }, 0],
      ['why, where it cannot be known', unavailable, 1],
    ])('an incident shows %s', async (_, answer, told) => {
      await open(
        `/incidents/${first?.id}`,
        (call) => incidents(call),
        undefined,
        (call) => (call.path === clockPath ? answer : undefined),
      );
      await expect.poll(() => system.api.calls.some(({ path }) => path === clockPath)).toBe(true);
      const reason = page.getByText('How it stands to its targets cannot be shown: The table is busy');
      await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
      await expect.poll(() => reason.count()).toBe(told);
      expect(await page.getByText(/within 5 min/).count()).toBe(0);
    });

    test('[F79] the export has a row for each incident, and no cell begins a formula', async () => {
      await open('/metrics?days=365', yearOfMetrics({ count: 50 }));
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export these incidents as CSV' }).click();
      const text = await readFile(await (await saved).path(), 'utf8');
      expect(text.split('\r\n')[0]).toContain('"mttr_seconds"');
      expect(text).not.toMatch(/(?:^|,)"?[=+@-]/m);
    });
  },
);
