import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { endFaultOf, extendedBy } from '../../frontend/alerts/silences/extending.ts';
import { faultsOf as draftFaults, emptyDraft, wishOf } from '../../frontend/alerts/silences/silence-draft.ts';
import { inOrder, type Quiet } from '../../frontend/alerts/silences/use-silences.ts';
import { HOUR, idOf, toText } from '../../shared/kernel/index.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { firing, heldBack, maintenanceWindows, past, silences } from './silence-sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

describe.skipIf(browserMissing)(`silences${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let role: 'administrator' | 'viewer' = 'administrator';
  let fails = false;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    role = 'administrator';
    fails = false;
    system.api.use((call) => answered(call) ?? organisation(call, role));
    await signedIn(page, system);
  });

  function answered({ method, path, body }: Call) {
    if (!/^\/api\/(silences|maintenance)/.test(path) || method === 'GET') return undefined;
    if (fails) return refusal(429, 'limit', 'There are 500 silences.');
    if (method === 'DELETE') return { status: 204, body: undefined };
    if (method === 'PATCH') return { body: { ...silences.items[0], ...(body as object) } };
    const [made] = path === '/api/silences' ? silences.items : maintenanceWindows.items;
    const touches = { alerts: 1, incidents: 1, isWhole: true };
    return { status: 201, body: { ...made, touches } };
  }

  const go = async () => {
    await page.goto(`${system.site.address}/silences`);
    await page.getByText(/^Updated/).waitFor();
  };
  const sent = (method: string) => system.api.calls.filter((call) => call.method === method);

  test('are listed with what they are about, until when, why and by whom', async () => {
    await go();
    const lines = await page.locator('main .lines > li').allInnerTexts();
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('service="checkout", host=~"db[0-9]+"');
    expect(lines[0]).toContain('For each alert until it is resolved.');
    expect(lines[0]).toContain('disks are replaced, ticket 4711 · Ann Example');
    expect(lines[1]).toContain('search, search-index');
    expect(lines[2]).toContain('Begins in');
  });

  test('are made when they say which alerts and why, and what is wrong is said where it is', async () => {
    await go();
    await page.getByText('Keep alerts quiet').click();
    await page.getByRole('button', { name: 'Keep quiet' }).click();
    await page.getByText('Say which alerts it is about.').waitFor();
    await page.getByLabel('Matchers').fill('service="checkout"\nhost');
    await page.getByText('Not a matcher: host').waitFor();
    expect(await faultsOf(page, 'silence-form')).toEqual([]);
    await page.getByLabel('Matchers').fill('service="checkout"\nhost=~"db.*"');
    await page.getByLabel('Why').fill(' disks ');
    await page.getByLabel('For', { exact: true }).selectOption('1 hour');
    await page.getByRole('button', { name: 'Keep quiet' }).click();
    await page.getByText('It holds now. It fits 1 alert that fires in 1 open incident,').waitFor();
    expect(sent('POST')).toMatchObject([
      { path: '/api/silences', body: { matchers: ['service="checkout"', 'host=~"db.*"'], comment: 'disks' } },
    ]);
  });

  test('tell which of the alerts that fire they fit, before they are made', async () => {
    const own = (call: Call) => (call.path === '/api/alerts' ? { body: firing(call) } : undefined);
    system.api.use((call) => own(call) ?? answered(call) ?? organisation(call, role));
    await go();
    await page.getByText('Keep alerts quiet').click();
    await page.getByLabel('Matchers').fill('service="checkout"');
    await page.getByText('Fits 6 alerts that fire now:').waitFor();
    await page.getByText('and 1 more').waitFor();
    expect(await faultsOf(page, 'silence-preview')).toEqual([]);
    await page.getByLabel('Matchers').fill('service="checkout"\nhost=~"db-[12]"');
    await page.getByText('Fits 2 alerts that fire now:').waitFor();
    await page.getByLabel('What').selectOption('maintenance');
    await page.getByLabel('Services under maintenance').fill('Search, other');
    await page.getByText('Fits 1 alert that fires now:').waitFor();
    expect(
      system.api.calls
        .filter(({ path }) => path === '/api/alerts')
        .every(({ query }) => query.state === 'firing'),
    ).toBe(true);
  });

  test('of services are maintenance', async () => {
    await go();
    await page.getByText('Keep alerts quiet').click();
    await page.getByLabel('What').selectOption('maintenance');
    await page.getByLabel('Services under maintenance').fill('search, search-index');
    await page.getByLabel('Why').fill('move');
    await page.getByRole('button', { name: 'Keep quiet' }).click();
    await page.getByText('It holds now.').waitFor();
    expect(sent('POST')).toMatchObject([
      { path: '/api/maintenance', body: { services: ['search', 'search-index'], comment: 'move' } },
    ]);
  });

  test('are ended now, and a refusal is said in its words', async () => {
    await go();
    await page.getByRole('button', { name: /^End now: service="checkout"/ }).click();
    await page.getByText('which may page somebody').waitFor();
    expect(await faultsOf(page, 'silence-end')).toEqual([]);
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText(/^Ended: service="checkout"/).waitFor();
    expect(sent('DELETE').map(({ path }) => path)).toEqual([`/api/silences/${silences.items[0]?.id}`]);
    fails = true;
    await page.getByRole('button', { name: /^End now: search/ }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('There are 500 silences.').waitFor();
  });

  test('last longer by a tap, from their end on, or until a time', async () => {
    await go();
    const [first] = silences.items;
    const end = Date.parse(first?.to ?? '');
    await page.getByRole('button', { name: /^4 h longer: service="checkout"/ }).click();
    await page.getByText(/^It lasts until .* now\.$/).waitFor();
    expect(sent('PATCH')).toMatchObject([
      { path: `/api/silences/${first?.id}`, body: { to: toText(end + 4 * HOUR) } },
    ]);
    await page.getByRole('button', { name: /^Until a time: search/ }).click();
    await page.getByLabel('Until', { exact: true }).fill('2020-01-01T00:00');
    await page.getByRole('button', { name: 'Let it last until then' }).click();
    await page.getByText('That is past; to end it, press “End now”.').waitFor();
    expect(await faultsOf(page, 'silence-until')).toEqual([]);
    await page.getByLabel('Until', { exact: true }).fill('2099-01-01T00:00');
    await page.getByRole('button', { name: 'Let it last until then' }).click();
    await expect.poll(() => sent('PATCH')).toHaveLength(2);
    expect(sent('PATCH')[1]).toMatchObject({
      ...{ path: `/api/maintenance/${maintenanceWindows.items[0]?.id}` },
      body: { to: toText(new Date(2099, 0, 1).getTime()) },
    });
    fails = true;
    await page.getByRole('button', { name: /^1 h longer: search/ }).click();
    await page.getByText('There are 500 silences.').waitFor();
  });

  test('of which there are more than a page are shown to the end of that, and then the rest', async () => {
    const later = {
      ...silences.items[0],
      id: idOf('silence', 0, 'much later'),
      to: toText(Date.now() + 900 * HOUR),
    };
    const paged = ({ path, query }: Call) => {
      if (path !== '/api/silences') return undefined;
      return { body: query.cursor === undefined ? { ...silences, next: 'more' } : { items: [later] } };
    };
    system.api.use((call) => paged(call) ?? organisation(call, role));
    await go();
    await page.getByText('The 3 that end first are shown.').waitFor();
    expect(await faultsOf(page, 'silences-more')).toEqual([]);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => page.locator('main .lines > li').count()).toBe(4);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  test('say since when they hold and what they held back, and those that are over what they had', async () => {
    const own = ({ path, query }: Call) => {
      if (path === `/api/silences/${silences.items[0]?.id}/alerts`) return { body: heldBack };
      if (path.endsWith('/alerts')) return { body: { items: [] } };
      if (query.state === 'expired') return { body: path === '/api/silences' ? past : { items: [] } };
      return undefined;
    };
    system.api.use((call) => own(call) ?? organisation(call, role));
    await go();
    const first = page.locator('main .lines > li').first();
    expect(await first.innerText()).toMatch(/Since .*\. Ends in /);
    await first.getByText('What it held back').click();
    await first.getByText('Held back now (2)').waitFor();
    await first.getByText('Not held back any more: ended, or counted for incidents (1)').waitFor();
    await page.getByText('Those that are over').click();
    const over = page.locator('.past-silences li').first();
    await over.getByText(/From .* to /).waitFor();
    expect(await over.innerText()).toContain('the disk of db-9 · Ann Example, ended by Ann Example');
    await over.getByText('What it held back').click();
    await over.getByText('It held nothing back.').waitFor();
    expect(await faultsOf(page, 'silences-held')).toEqual([]);
  });

  test('are only looked at by a viewer', async () => {
    role = 'viewer';
    await go();
    await page.getByText('A viewer may look').waitFor();
    expect(await page.getByRole('button', { name: /End now|Keep|longer|Until/ }).count()).toBe(0);
  });
});

describe('silences and windows of which more is to come', () => {
  const quiet = (name: string, hour: number) =>
    ({ ...silences.items[0], id: name, to: toText(hour * HOUR) }) as Quiet;
  const names = (...lists: Parameters<typeof inOrder>[0]) =>
    inOrder(lists).quiets.map(({ id }) => String(id));

  test('are shown as far as nothing that is to come ends before', () => {
    const whole = { quiets: [quiet('a', 2), quiet('d', 9)], hasMore: false };
    const begun = { quiets: [quiet('b', 3), quiet('c', 5)], hasMore: true };
    expect(names(whole, begun)).toEqual(['a', 'b', 'c']);
    expect(names(whole, { ...begun, hasMore: false })).toEqual(['a', 'b', 'c', 'd']);
    expect(inOrder([whole, begun]).hasMore).toBe(true);
  });
});

describe('another end of a silence', () => {
  test('is so much after its end, or after now where that is past', () => {
    const to = toText(10 * HOUR);
    expect(extendedBy({ to }, HOUR, 9 * HOUR)).toBe(11 * HOUR);
    expect(extendedBy({ to }, HOUR, 12 * HOUR)).toBe(13 * HOUR);
  });

  test('is a time to come, after its beginning', () => {
    const quiet = { from: toText(10 * HOUR) };
    expect(endFaultOf(quiet, 11 * HOUR, HOUR)).toBeUndefined();
    expect([Number.NaN, HOUR, 9 * HOUR].map((to) => endFaultOf(quiet, to, HOUR))).toEqual([
      'Say a day and a time.',
      'That is past; to end it, press “End now”.',
      'It would end before it begins.',
    ]);
  });
});

describe('what is written of a silence', () => {
  const draft = { ...emptyDraft, matchers: ' a="b" \n\n', comment: ' why ' };

  test('is sent from now on, for as long as was chosen', () => {
    const to = toText(1_000 + 2 * HOUR);
    expect(wishOf(draft, 1_000)).toEqual({ matchers: [' a="b" '], to, comment: 'why' });
    expect(wishOf({ ...draft, untilResolved: true }, 1_000)).toMatchObject({ untilResolved: true });
    const maintenance = { ...draft, kind: 'maintenance', services: 'x, ,y ' } as const;
    expect(wishOf(maintenance, 1_000)).toEqual({ services: ['x', 'y'], to, comment: 'why' });
  });

  test('lacks something until it says which and why', () => {
    expect(draftFaults(draft)).toEqual({});
    expect(Object.keys(draftFaults(emptyDraft))).toEqual(['matchers', 'comment']);
    expect(Object.keys(draftFaults({ ...emptyDraft, kind: 'maintenance' }))).toEqual(['services', 'comment']);
  });
});
