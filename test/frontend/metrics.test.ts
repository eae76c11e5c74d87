import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../shared/kernel/index.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { yearOfMetrics } from './metrics-sample.ts';
import { type Respond, refusal } from './stub-api.ts';
import { type System, signedIn, startSystem, visit } from './system.ts';

const targets = {
  mtta: { severity: { P1_CRITICAL: 5 * MINUTE } },
  mttr: { severity: { P1_CRITICAL: 2 * HOUR, P2_HIGH: 4 * HOUR }, overall: 6 * HOUR },
};
const unavailable = refusal(503, 'unavailable', 'The table is busy. Try again in a few seconds.');

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
    beforeAll(async () => {
      system = await startSystem();
    });
    afterAll(() => system.stop());

    const open = async (path: string, respond: Respond, role?: 'viewer') => {
      system.api.use((call) => organisation(call, role) ?? respond(call));
      const visited = await visit(system.browser);
      await signedIn(visited.page, system);
      await visited.page.goto(`${system.site.address}${path}`);
      return visited;
    };

    test.each(scenes)('$name: no serious finding, in both themes, wide and on a phone', async (scene) => {
      const { context, page, complaints } = await open(scene.path, scene.respond);
      await page.getByText(scene.until).first().waitFor();
      await scene.act?.(page);
      expect(await faultsOf(page, scene.name)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    });

    test('every number opens as many incidents as it says', async () => {
      const { context, page } = await open('/metrics?days=365', year());
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
      await context.close();
    });

    test('the window is in the address, and a name narrows the page to it', async () => {
      const { context, page } = await open('/metrics', year());
      await page.getByRole('link', { name: 'A year' }).click();
      await page.waitForURL(/days=365/);
      await page.getByRole('rowheader').getByRole('link', { name: 'P1' }).click();
      await page.getByText('Only severity P1').waitFor();
      const asked = system.api.calls.findLast(({ path }) => path === '/api/metrics/dashboard');
      expect(asked?.query).toMatchObject({ severity: 'P1_CRITICAL' });
      await page.goBack();
      await page.getByText('Only severity P1').waitFor({ state: 'detached' });
      await context.close();
    });

    test('targets are written as people write times, and sent in milliseconds from the version that was read', async () => {
      const { context, page } = await open('/metrics?days=7', yearOfMetrics({ count: 0, targets }));
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
      await context.close();
    });

    test('a viewer reads the targets and is offered no change', async () => {
      const { context, page } = await open('/metrics?days=7', yearOfMetrics({ count: 0, targets }), 'viewer');
      await page.getByRole('rowheader', { name: 'All others' }).waitFor();
      expect(await page.getByText('Change the targets').count()).toBe(0);
      await context.close();
    });

    test('[F79] the export has a row for each incident, and no cell begins a formula', async () => {
      const { context, page } = await open('/metrics?days=365', yearOfMetrics({ count: 50 }));
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export these incidents as CSV' }).click();
      const text = await readFile(await (await saved).path(), 'utf8');
      expect(text.split('\r\n')[0]).toContain('"mttr_seconds"');
      expect(text).not.toMatch(/(?:^|,)"?[=+@-]/m);
      await context.close();
    });
  },
);
