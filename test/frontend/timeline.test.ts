import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { timelineOf, viewEvent, viewTimeline } from '../../shared/timeline/index.ts';
import {
  acknowledged,
  alert,
  alerts,
  bob,
  change,
  escalated,
  logOf,
  mitigated,
  openedFact,
  resolved,
  said,
  sourcesOf,
  type Told,
} from '../shared/timeline/log.ts';
import { browserMissing } from '../support/browser.ts';
import { minutes } from '../support/given.ts';
import { faultsOf } from '../support/look.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { type Answered, type Call, type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const crowd = [...Array(30).keys()].map((i): Told => [6 + i / 60, alerts(alert(6, 'firing', `${i}`))]);
const told: readonly Told[] = [
  [0, openedFact()],
  [0, alerts(alert(-4, 'firing'))],
  [0, escalated(1)],
  [5, escalated(2)],
  ...crowd,
  [8, acknowledged],
  [9, { type: 'room.role-given', data: { role: 'commander', person: { id: 'ann', name: 'Ann' } } }],
  [10, said('Decision: roll back, see https://ci.example.com/4711'), bob],
  [
    10,
    {
      type: 'status.told',
      data: {
        what: 'published',
        title: 'x',
        state: 'investigating',
        text: 'We look into it.',
        internal: false,
      },
    },
  ],
  [48, mitigated],
  [50, resolved],
];
const changes = [
  change(minutes(-200), { title: 'Search 1.9' }),
  change(minutes(-6), {
    service: 'checkout',
    version: '4.2.0',
    by: 'Carl',
    link: 'https://ci.example.com/4711',
  }),
];
const timeline = timelineOf(sourcesOf(logOf(...told), { changes }), minutes(60));
const path = `/incidents/${timeline.incident.id}/timeline`;
const PAGE = 20;

/** The API with this timeline, in pages of twenty. */
function answer(call: Call): Answered | undefined {
  if (!call.path.endsWith('/timeline')) return organisation(call) ?? incidents(call);
  const start = Number(call.query.cursor ?? 0);
  const events = timeline.events.slice(start, start + PAGE);
  const next = start + PAGE < timeline.events.length ? { next: String(start + PAGE) } : {};
  return { body: { ...viewTimeline(timeline, { events, ...next }), items: events.map(viewEvent) } };
}

describe.skipIf(browserMissing)(`the timeline${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    await signedIn(page, system);
  });

  const enter = async (instead: Respond = () => undefined) => {
    system.api.use((call) => instead(call) ?? answer(call));
    await page.goto(`${system.site.address}${path}`);
    await page.getByRole('heading', { name: 'Timeline of INC-12' }).waitFor();
  };
  const mark = (name: RegExp) => page.locator('a.dot').and(page.getByRole('link', { name }));
  const entries = () => page.locator('.log > li');
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const button = (name: string | RegExp) => page.getByRole('button', { name });

  test('shows phases, silences and what cost most, each with the events that show it', async () => {
    await enter();
    const phases = page.getByRole('region', { name: 'Phases' });
    expect(await phases.innerText()).toContain('mitigation until the harm ended');
    expect(await page.getByRole('region', { name: 'Gaps' }).innerText()).toContain(
      'For 38 min nothing is on record',
    );
    expect(await page.getByRole('region', { name: 'Bottlenecks' }).innerText()).toContain(
      'Mitigation took 39 min of 54 min, 72 %.',
    );
    await button('Evidence for acknowledgement').click();
    // What comes with a later page of events is marked when it is there.
    await expect
      .poll(() => page.locator('.log > li.chosen').allInnerTexts())
      .toEqual([expect.stringContaining('opened the incident'), expect.stringContaining('Ann acknowledged')]);
    expect(await focused()).toContain('opened the incident');
  });

  test('gathers a storm in one mark, whose events are gone to by a press', async () => {
    await enter();
    await mark(/^\d\d events from .*, Alerts: /).click();
    expect(await page.locator('.log > li.chosen').count()).toBeGreaterThan(20);
    expect(await focused()).toContain('1 alert fired');
  });

  test('is gone through by the keyboard, zoomed, moved and shown whole again', async () => {
    await enter();
    await mark(/opened the incident/).focus();
    const name = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('End');
    expect(await name()).toContain('Status page');
    await page.keyboard.press('ArrowLeft');
    expect(await name()).toContain('Decision');
    await page.keyboard.press('Enter');
    expect(await focused()).toContain('roll back');
    const ticks = () => page.locator('.tick text').allTextContents();
    const before = await ticks();
    await mark(/opened the incident/).focus();
    await page.keyboard.press('+');
    const zoomed = await ticks();
    expect(zoomed).not.toEqual(before);
    await page.keyboard.press('PageDown');
    expect(await ticks()).not.toEqual(zoomed);
    await page.keyboard.press('0');
    expect(await ticks()).toEqual(before);
    await button('Zoom in').click();
    await button('Earlier').click();
    await button('Show all').click();
    expect(await ticks()).toEqual(before);
  });

  test('shows only the rows, the words and the events that are wanted', async () => {
    await enter();
    await page.getByText(`Timeline of INC-12`).first().waitFor();
    await expect.poll(() => entries().count()).toBe(timeline.events.length);
    await page.getByLabel('Alerts', { exact: true }).uncheck();
    expect(await entries().count()).toBe(timeline.events.filter(({ lane }) => lane !== 'alerts').length);
    await page.getByLabel('Alerts', { exact: true }).check();
    await page.getByLabel('Only what matters').check();
    expect(await entries().count()).toBe(timeline.events.filter(({ key }) => key).length);
    await page.getByLabel('Words in the events').fill('ROLL back');
    expect(await entries().count()).toBe(1);
    await page.getByLabel('Words in the events').fill('nothing like it');
    await page.getByText('No event is like that.').waitFor();
  });

  test('is saved as Markdown, CSV and SVG, whole, also while only some is shown', async () => {
    await enter();
    await page.getByLabel('Only what matters').check();
    for (const [name, ending, part] of [
      ['Markdown', 'md', '# Timeline of INC-12'],
      ['CSV', 'csv', '"at","learnedAt"'],
      ['SVG', 'svg', '<svg xmlns'],
    ] as const) {
      await expect.poll(() => button(name).getAttribute('aria-disabled')).toBe('false');
      const [file] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
      expect(file.suggestedFilename()).toBe(`INC-12-timeline.${ending}`);
      const text = await readFile(await file.path(), 'utf8');
      expect(text).toContain(part);
      if (ending !== 'svg') expect(text.split('alert fired')).toHaveLength(32);
    }
  });

  test('says what is wrong, and loads again when it is told to', async () => {
    let broken = true;
    const unavailable = refusal(503, 'unavailable', 'The table is busy.');
    system.api.use((call) => (call.path.endsWith('/timeline') && broken ? unavailable : answer(call)));
    await page.goto(`${system.site.address}${path}`);
    await page.getByText('The table is busy.').waitFor();
    broken = false;
    await button('Try again').click();
    await page.getByRole('heading', { name: 'Timeline of INC-12' }).waitFor();
  });

  test('has no serious fault in light and dark, wide and on a phone', async () => {
    await enter();
    await mark(/Ann acknowledged/).click();
    expect(await faultsOf(page, 'timeline')).toEqual([]);
  });
});
