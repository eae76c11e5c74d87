import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation, room } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { alerts, catalogue, facts, happened, me, onCall, open, resolved, sprawling } from './sample.ts';
import { paging } from './schedule-sample.ts';
import { blankStatus } from './status-sample.ts';
import { listOf, storm } from './storm.ts';
import { type Answered, type Call, type Respond, refusal } from './stub-api.ts';
import { type System, signedIn, visit } from './system.ts';

const first = open[0]?.id ?? '';
const nobody = ['No policy is configured, so every page goes to the administrators.'];
const unavailable = refusal(503, 'unavailable', 'The table is busy. Try again in a few seconds.');

const url = 'https://zoom.us/j/81234567890?pwd=join';
const meeting = happened(7, 'room.video-started', { provider: 'zoom', url, generation: 1, number: 1 });

const noise = storm(1_270);

interface Scene {
  readonly name: string;
  readonly path: string;
  /** What shows that the page is as far as it gets. */
  readonly until: string;
  /** Answers before the sample's organisation does, or after it. */
  readonly instead?: Respond;
  readonly respond?: Respond;
  /** What is done on the page before it is looked at. */
  readonly act?: (page: Page) => Promise<void>;
  readonly signedOut?: true;
  readonly status?: true;
}

const scenes: readonly Scene[] = [
  {
    name: 'list',
    path: '/incidents',
    until: 'INC-128',
    respond: (call) =>
      listOf(
        open.map(({ alerts, ...listed }) => listed),
        call,
      ),
  },
  {
    name: 'resolved',
    path: '/incidents?state=resolved',
    until: 'INC-126',
    respond: () => ({ body: { items: resolved.map(({ alerts, ...listed }) => listed), next: 'more' } }),
  },
  {
    name: 'storm',
    path: '/incidents',
    until: 'The 7 most urgent of 1,270 are shown.',
    respond: (call) => listOf(noise, { ...call, query: { ...call.query, limit: '7' } }),
  },
  {
    name: 'one-severity',
    path: '/incidents?severity=P1_CRITICAL',
    until: 'Payments are down',
    respond: (call) => listOf(noise, call),
  },
  {
    name: 'none-of-severity',
    path: '/incidents?state=resolved&severity=P3_MEDIUM',
    until: 'Nothing found yet',
    respond: () => ({ body: { items: [], next: 'more' } }),
  },
  { name: 'empty', path: '/', until: 'Nothing is open', respond: () => ({ body: { items: [] } }) },
  { name: 'error', path: '/', until: 'The table is busy', respond: () => unavailable },
  {
    name: 'incident',
    path: `/incidents/${first}`,
    until: 'Rolling back now',
    respond: (call) => log(call) ?? { body: open[0] },
  },
  {
    name: 'incident-sprawling',
    path: `/incidents/${first}`,
    until: 'Rolling back now',
    respond: (call) => log(call) ?? { body: sprawling },
  },
  {
    name: 'incident-alerts',
    path: `/incidents/${first}`,
    until: 'Rolling back now',
    respond: (call) => log(call) ?? { body: open[0] },
    act: (page) => page.getByRole('tab', { name: 'Alerts' }).click(),
  },
  {
    name: 'incident-document',
    path: `/incidents/${first}`,
    until: 'Rolling back now',
    respond: (call) => log(call) ?? { body: open[0] },
    act: async (page) => {
      await page.getByRole('tab', { name: 'Document' }).click();
      await page.getByText('Connecting').waitFor();
    },
  },
  {
    name: 'menu',
    path: '/services',
    until: 'payments-database',
    act: async (page) => {
      await page.setViewportSize({ width: 360, height: 844 });
      await page.getByRole('button', { name: 'Menu' }).click();
    },
  },
  {
    name: 'question',
    path: '/status/maintenance',
    until: 'Network in Frankfurt',
    act: (page) => page.getByRole('button', { name: 'End Larger database' }).click(),
  },
  {
    name: 'incident-error',
    path: `/incidents/${first}`,
    until: 'The table is busy',
    respond: () => unavailable,
  },
  { name: 'declare', path: '/incidents/new', until: 'Pages Grace Hopper' },
  { name: 'services', path: '/services', until: 'payments-database' },
  {
    name: 'services-empty',
    path: '/services',
    until: 'No incident names a service yet',
    instead: ({ path }) =>
      path === '/api/services' ? { body: { ...catalogue, items: [], unnamed: 0 } } : undefined,
  },
  {
    name: 'services-error',
    path: '/services',
    until: 'The table is busy',
    instead: ({ path }) => (path === '/api/services' ? unavailable : undefined),
  },
  {
    name: 'incident-paging',
    path: `/incidents/${first}`,
    until: 'Why was I paged, or not?',
    respond: (call) => (call.path.endsWith('/paging') ? { body: paging } : (log(call) ?? { body: open[0] })),
    act: async (page) => {
      await page.getByText('Why was I paged, or not?').click();
      await page.getByText('Level 2 was not reached before that.').waitFor();
    },
  },
  { name: 'on-call', path: '/on-call?policy=data', until: 'Data platform' },
  {
    name: 'on-call-override',
    path: '/on-call',
    until: 'Taken over',
    act: async (page) => {
      await page.getByText('Have somebody take over').first().click();
      await page.getByText('10 more turns').click();
    },
  },
  {
    name: 'on-call-own-channels',
    path: '/on-call',
    until: 'Try my channels',
    act: async (page) => {
      await page.getByText('Try my channels').click();
      await page.getByText('Confirm my number').waitFor();
      await page.getByText('Confirm my number').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'on-call-empty',
    path: '/on-call',
    until: 'No policy is configured',
    instead: ({ path }) =>
      path === '/api/on-call'
        ? { body: { at: onCall.at, schedules: [], policies: [], administrators: [], problems: nobody } }
        : undefined,
  },
  {
    name: 'on-call-error',
    path: '/on-call',
    until: 'The table is busy',
    instead: ({ path }) => (path === '/api/on-call' ? unavailable : undefined),
  },
  { name: 'integrations', path: '/integrations', until: 'Nightly scripts' },
  {
    name: 'integrations-empty',
    path: '/integrations',
    until: 'Nothing sends alerts here yet',
    instead: ({ path }) => (path === '/api/integrations' ? { body: { items: [] } } : undefined),
  },
  {
    name: 'integrations-error',
    path: '/integrations',
    until: 'The table is busy',
    instead: ({ path }) => (path === '/api/integrations' ? unavailable : undefined),
  },
  {
    name: 'integrations-refused',
    path: '/integrations',
    until: 'Not with your role',
    instead: ({ path }) => (path === '/api/me' ? { body: me(1, 'viewer') } : undefined),
  },
  { name: 'heartbeats', path: '/heartbeats', until: 'nightly backup' },
  { name: 'silences', path: '/silences', until: 'disks are replaced' },
  { name: 'status-page', path: '/status', until: 'Problems with Search' },
  {
    name: 'status-page-empty',
    path: '/status',
    until: 'Nothing is published yet',
    instead: ({ path }) => (path === '/api/status' ? { body: blankStatus } : undefined),
  },
  {
    name: 'status-page-error',
    path: '/status',
    until: 'The table is busy',
    instead: ({ path }) => (path === '/api/status' ? unavailable : undefined),
  },
  {
    name: 'status-page-viewer',
    path: '/status',
    until: 'A viewer may read this page',
    instead: ({ path }) => (path === '/api/me' ? { body: me(1, 'viewer') } : undefined),
  },
  { name: 'status-components', path: '/status/components', until: 'For developers' },
  { name: 'status-maintenance', path: '/status/maintenance', until: 'Network in Frankfurt' },
  { name: 'status-look', path: '/status/look', until: 'Save texts and look' },
  { name: 'status-shown', path: '/status/page', until: 'Past incidents' },
  { name: 'unknown', path: '/elsewhere', until: 'There is no such page' },
  {
    name: 'no-organisation',
    path: '/',
    until: 'No organisation yet',
    instead: () => ({ body: me(0) }),
  },
  { name: 'sign-in', path: '/', until: 'Sign in', signedOut: true },
  { name: 'status', path: '/not-found.html', until: 'Nothing has been published', status: true },
];

function log(call: Call): Answered | undefined {
  if (call.path.endsWith('/alerts')) return { body: alerts };
  if (call.path.endsWith('/video'))
    return {
      body: { ...{ provider: 'zoom', url, cannot: [] }, at: meeting.occurredAt, startedBy: meeting.actor },
    };
  return call.path.endsWith('/room')
    ? { body: { last: 7, parts: [], facts: [...facts, meeting] } }
    : room(call);
}

describe.skipIf(browserMissing)(`what people see${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  eachVisit((visit) => {
    ({ system, page } = visit);
  });

  test.each(scenes)(
    '$name: no serious accessibility finding and no sideways scrolling, in both themes, wide and on a phone',
    async (scene) => {
      system.api.use((call) => scene.instead?.(call) ?? organisation(call) ?? scene.respond?.(call));
      if (!scene.signedOut) await signedIn(page, system);
      await page.goto(`${(scene.status ? system.status : system.site).address}${scene.path}`);
      await page.getByText(scene.until).first().waitFor();
      await scene.act?.(page);
      expect(await faultsOf(page, scene.name)).toEqual([]);
    },
  );

  test('a meeting in the log can be joined, in a page of its own that learns nothing of this one', async () => {
    system.api.use((call) => organisation(call) ?? log(call) ?? { body: open[0] });
    await signedIn(page, system);
    await page.goto(`${system.site.address}/incidents/${first}`);
    const join = page.getByRole('link', { name: 'Join', exact: true });
    expect(await join.getAttribute('href')).toBe(url);
    expect(await join.getAttribute('rel')).toBe('noopener noreferrer');
  });

  test('the check itself sees what it is for', async () => {
    const { context, page, complaints } = await visit(system.browser);
    await page.goto(`${system.status.address}/not-found.html`);
    await page.evaluate(() => {
      const faint = document.createElement('p');
      faint.textContent = 'Faint';
      faint.style.color = '#bbb';
      faint.style.background = '#fff';
      faint.style.width = '600px';
      const inline = document.createElement('style');
      inline.textContent = 'p { margin: 0 }';
      document.body.append(faint, inline);
    });
    const faults = await faultsOf(page, 'faint');
    expect(faults).toContainEqual(expect.stringMatching(/^faint, 360 wide: \d+ pixels beyond the edge/));
    for (const seen of ['light, 1280', 'dark, 360'])
      expect(faults).toContainEqual(expect.stringMatching(`^faint, ${seen} wide: color-contrast`));
    expect(complaints).toEqual([expect.stringMatching(/Content Security Policy/)]);
    await context.close();
  });
});
