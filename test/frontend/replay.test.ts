import { readFile } from 'node:fs/promises';
import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { eachVisit } from './each-visit.ts';
import { begun, length, log, recorded, replayPath, snapshots } from './recorded.ts';
import { open } from './sample.ts';
import { type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

describe.skipIf(browserMissing)(
  `a room that is played again${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      await signedIn(page, system);
      use(() => undefined);
    });

    const use = (instead: Respond) => system.api.use((call) => instead(call) ?? recorded(call));
    const go = () => page.goto(`${system.site.address}${replayPath}`);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const line = () => page.getByRole('slider', { name: 'Moment' });
    const moment = async () => Number(await line().inputValue()) - begun;
    const entry = () => page.getByRole('timer').innerText();
    const text = () => page.getByLabel('Text of the document');
    /** Opens the replay when all of it is there. */
    const enter = async () => {
      await go();
      await button('Export as JSON').waitFor();
    };
    const end = async () => {
      await line().press('End');
      await page.locator('.state', { hasText: 'Resolved' }).waitFor();
    };

    test('begins at the first entry, when nobody was there and nothing was written', async () => {
      await enter();
      expect(await moment()).toBe(0);
      expect(await entry()).toContain('entry 1 of 14');
      await page.getByText('Nobody is here.').waitFor();
      await page.getByText('Nothing had been written by then.').waitFor();
      expect(await page.getByRole('log').innerText()).not.toContain('Error rate falls');
    });

    test('plays at the speed that was chosen, passes over silence, and stops at the end or when told', async () => {
      await page.clock.install();
      await enter();
      await page.clock.pauseAt(Date.now() + MINUTE);
      const isAt = (wanted: number) => expect.poll(moment).toBe(wanted);
      await page.getByLabel('Speed').selectOption('1');
      await button('Play').click();
      await page.clock.runFor(3_000);
      await isAt(3_000);
      await button('Pause').click();
      await page.clock.runFor(3_000);
      await isAt(3_000);
      await page.getByLabel('Speed').selectOption('60');
      await button('Play').click();
      await page.clock.runFor(4_000);
      await page.locator('.said-entry', { hasText: 'Error rate falls' }).waitFor();
      await isAt(243_000);
      // Half an hour of silence at sixty times would be 36 s; ten of them are shown.
      await page.clock.runFor(11_500);
      await page.locator('.state', { hasText: 'Resolved' }).waitFor();
      await page.clock.runFor(2_000);
      await button('Play').waitFor();
      await isAt(length);
      await button('Play').click();
      await page.clock.runFor(100);
      await button('Pause').waitFor();
      await isAt(6_000);
    });

    test('goes along the line by the keyboard: a hundredth, a tenth, the beginning, the end', async () => {
      await enter();
      await line().focus();
      for (const [key, wanted] of [
        ['ArrowRight', length / 100],
        ['ArrowRight', length / 50],
        ['ArrowLeft', length / 100],
        ['PageUp', length * 0.11],
        ['PageDown', length / 100],
        ['End', length],
        ['ArrowRight', length],
        ['Home', 0],
        ['ArrowLeft', 0],
      ] as const) {
        await page.keyboard.press(key);
        expect.soft(await moment(), key).toBeCloseTo(wanted, 0);
      }
      expect(await line().getAttribute('aria-valuetext')).toContain('2026');
    });

    test('goes along the line by the mouse', async () => {
      await enter();
      const box = await line().boundingBox();
      if (box === null) throw new Error('The line cannot be seen');
      await page.mouse.move(box.x + 8, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
      await page.mouse.up();
      expect(Math.abs((await moment()) - length / 2)).toBeLessThan(length / 50);
      await page.locator('.said-entry', { hasText: 'Error rate falls' }).waitFor();
      await page.mouse.click(box.x + box.width - 1, box.y + box.height / 2);
      await page.locator('.state', { hasText: 'Resolved' }).waitFor();
    });

    test('goes from one entry to the next, and back, by mouse and by keyboard', async () => {
      await enter();
      await button('Next entry').click();
      expect(await entry()).toContain('entry 2 of 14');
      await button('Next entry').press('Enter');
      await button('Next entry').press(' ');
      // The fourth number of the log was closed without an entry.
      expect(await entry()).toContain('entry 4 of 14');
      expect(await moment()).toBe(4_000);
      await button('Previous entry').click();
      expect(await moment()).toBe(2_000);
      await end();
      expect(await button('Next entry').getAttribute('aria-disabled')).toBe('true');
      await button('Next entry').click({ force: true });
      expect(await moment()).toBe(length);
    });

    test('is at each moment as it was then: people, roles, actions, pins and the document', async () => {
      await enter();
      const goTo = async (seconds: number) => {
        await line().fill(String(begun + seconds * 1_000));
      };
      await goTo(100);
      await page.locator('.present', { hasText: 'Ada Lovelace' }).waitFor();
      await page.getByRole('heading', { name: 'Actions (1 open)' }).waitFor();
      await page.getByText('Nothing had been written by then.').waitFor();
      await goTo(111);
      await expect.poll(() => text().inputValue()).toBe(snapshots[0]?.text);
      await goTo(500);
      await expect.poll(() => text().inputValue()).toBe(snapshots[1]?.text);
      await page.getByRole('heading', { name: 'Pinned' }).waitFor();
      await page.getByRole('heading', { name: 'Actions (0 open)' }).waitFor();
      await goTo(112);
      await expect.poll(() => text().inputValue()).toBe(snapshots[0]?.text);
      expect(await page.getByRole('heading', { name: 'Pinned' }).count()).toBe(0);
      await end();
      await page.getByText('Nobody is here.').waitFor();
      // Each was asked for once.
      const asked = system.api.calls.filter(({ query }) => query.minute !== undefined);
      expect(asked.map(({ query }) => query.minute)).toEqual(snapshots.map(({ minute }) => minute));
    });

    test('is exported whole, the document of every minute with it', async () => {
      await enter();
      const [download] = await Promise.all([page.waitForEvent('download'), button('Export as JSON').click()]);
      expect(download.suggestedFilename()).toBe('INC-128.json');
      const saved = JSON.parse(await readFile(await download.path(), 'utf8'));
      expect(Object.keys(saved)).toEqual(['format', 'incident', 'facts', 'document']);
      expect(saved.format).toBe('war-room-recording/1');
      expect(saved.incident).toEqual(JSON.parse(JSON.stringify(open[0])));
      expect(saved.facts).toEqual(JSON.parse(JSON.stringify(log)));
      expect(incidentsApi['list-facts'].answer.shape.items.safeParse(saved.facts).success).toBe(true);
      expect(saved.document).toEqual({
        text: expect.stringMatching(/Done\.\n$/),
        updatedAt: '2026-11-28T10:40:50.000Z',
        snapshots,
      });
    });

    test('that cannot be exported says so, and can be tried again', async () => {
      let busy = true;
      use(({ query }) =>
        busy && query.minute !== undefined ? refusal(503, 'unavailable', 'The table is busy.') : undefined,
      );
      await enter();
      await button('Export as JSON').click();
      await page.getByText('Not exported: The table is busy.').waitFor();
      busy = false;
      await Promise.all([page.waitForEvent('download'), button('Export as JSON').click()]);
    });

    test('says what it waits for', async () => {
      const waiting: Route[] = [];
      await page.route('**/facts?*', (route) => void waiting.push(route));
      await go();
      await page.getByRole('status').getByText('Loading the recording …').waitFor();
      expect(await faultsOf(page, 'replay-loading')).toEqual([]);
      const documents: Route[] = [];
      await page.route('**/document?*', (route) => void documents.push(route));
      await Promise.all(waiting.map((route) => route.continue()));
      await button('Export as JSON').waitFor();
      await line().press('End');
      await page.getByRole('status').getByText('Loading the document …').waitFor();
      await expect.poll(() => documents.length).toBe(1);
      await documents[0]?.continue();
      await expect.poll(() => text().inputValue()).toBe(snapshots[1]?.text);
    });

    test.each([
      ['facts', 'Try again'],
      ['document/snapshots', 'Load the document again'],
      ['document', 'Load the document again'],
    ])('whose %s cannot be had says why, and is loaded again by a button', async (part, name) => {
      let busy = true;
      use(({ path }) =>
        busy && path.endsWith(`/${part}`) ? refusal(503, 'unavailable', 'The table is busy.') : undefined,
      );
      await go();
      if (part !== 'facts') await line().press('End');
      await page.getByRole('alert').getByText('The table is busy.').first().waitFor();
      expect(await faultsOf(page, `replay-error-${part.replace('/', '-')}`)).toEqual([]);
      busy = false;
      await button(name).click();
      await button('Export as JSON').waitFor();
      await end();
      await expect.poll(() => text().inputValue()).toBe(snapshots[1]?.text);
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    test('of which nothing was recorded says so', async () => {
      use(({ path }) => (path.endsWith('/facts') ? { body: { items: [], last: 0 } } : undefined));
      await go();
      await page.getByText('Nothing was recorded.').waitFor();
      expect(await faultsOf(page, 'replay-empty')).toEqual([]);
    });

    test('is accessible, light and dark, wide and on a phone', async () => {
      await enter();
      await line().fill(String(begun + 500_000));
      await expect.poll(() => text().inputValue()).toBe(snapshots[1]?.text);
      expect(await faultsOf(page, 'replay')).toEqual([]);
    });
  },
);
