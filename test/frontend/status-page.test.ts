import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server.edge';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StatusPage, statusCss } from '../../frontend/status/index.ts';
import { renderPage } from '../../functions/status/render.ts';
import { DAY } from '../../shared/kernel/index.ts';
import { emptyPage, type PageState, viewInternal, viewPublic } from '../../shared/status/index.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { calmPage, maintainedPage, wordyPage } from '../support/page-scenes.ts';
import { hostilePage, largePage, samplePage } from '../support/sample-page.ts';
import { page as id, NOON } from '../support/status-page.ts';
import { serveSite } from './built-site.ts';

const files = (state: PageState) =>
  renderPage(
    state,
    { page: id, root: true },
    { site: 'https://status.example', api: 'https://api.example/live/' },
    NOON,
  );
const htmlOf = (state: PageState) => files(state).at(-1)?.body ?? '';

describe('a published page', () => {
  test('is written last, after all that it links to', () => {
    const names = files(samplePage()).map(({ key }) => key);
    expect(names.at(-1)).toBe('public/index.html');
    expect(names).toEqual(
      expect.arrayContaining(
        ['status', 'summary', 'components', 'incidents', 'scheduled-maintenances'].map(
          (one) => `public/api/v2/${one}.json`,
        ),
      ),
    );
    const linked = [...htmlOf(samplePage()).matchAll(/<link [^>]*href="([\w.-]+)"/g)].map(
      ([, name]) => `public/${name}`,
    );
    expect(linked).toHaveLength(2);
    expect(names).toEqual(expect.arrayContaining(linked));
  });

  test('has no script, no inline style and nothing that is fetched but its style sheet', () => {
    for (const state of [samplePage(), hostilePage(), emptyPage]) {
      const html = htmlOf(state);
      expect(html).not.toMatch(/<script|<style| style=| on\w+="|<iframe|<link[^>]*preload/i);
    }
  });

  test('tells no colour in its markup, and known properties in its sheet', () => {
    const [sheet] = files(samplePage());
    expect(sheet?.body).toContain('.status-page{--status-accent:#7a1fa2;--status-accent-dark:#d9a6f0}');
    expect(htmlOf(samplePage())).not.toContain('#7a1fa2');
  });

  test('[F84] does not name what is internal in any of its files', () => {
    const all = files(samplePage())
      .map(({ key, body }) => `${key} ${body}`)
      .join('\n');
    for (const word of ['Reports', 'reports', 'payments"', '"services"']) expect(all).not.toContain(word);
  });

  test('weighs at most 14 KB compressed with twenty components and ninety days each', () => {
    const [sheet, ...rest] = files(largePage());
    const page = gzipSync(rest.at(-1)?.body ?? '').length;
    expect(page + gzipSync(sheet?.body ?? '').length).toBeLessThan(14_000);
  });
});

describe('StatusPage', () => {
  test('renders unconfigured, and says that nothing is known', () => {
    const html = renderToStaticMarkup(createElement(StatusPage));
    expect(html).toContain('Nothing is known yet');
    expect(html).toContain('<h1 dir="auto">Status</h1>');
  });

  test('shows what is internal only where it is not public', () => {
    const config = viewInternal(samplePage(), { id, now: NOON });
    expect(renderToStaticMarkup(createElement(StatusPage, { config, isPublic: false }))).toContain(
      'Services: checkout',
    );
    expect(renderToStaticMarkup(createElement(StatusPage, { config, isPublic: true }))).not.toContain(
      'Services:',
    );
  });

  test('takes a theme, and colours of its own by the allow list', () => {
    const config = viewPublic(samplePage(), { id, now: NOON });
    const html = renderToStaticMarkup(createElement(StatusPage, { config, theme: 'dark' }));
    expect(html).toContain(
      'class="status-page dark" style="--status-accent:#7a1fa2;--status-accent-dark:#d9a6f0"',
    );
  });

  test('has a style for every class that it uses', () => {
    const html = [samplePage(), largePage()].map((state) =>
      renderToStaticMarkup(
        createElement(StatusPage, { config: viewInternal(state, { id, now: NOON }), isPublic: false }),
      ),
    );
    const used = new Set(
      html
        .join('')
        .match(/(?<=class=")[^"]+/g)
        ?.flatMap((names) => names.split(' ')),
    );
    // These only name what they look like everybody else.
    const plain = new Set(['light', 'none', 'operational']);
    for (const name of used) if (!plain.has(name)) expect(statusCss, name).toContain(`.${name}`);
  });
});

describe.skipIf(browserMissing !== undefined)('in a browser, without script', () => {
  let browser: Browser;
  let folder: string;
  let site: Awaited<ReturnType<typeof serveSite>>;
  const scenes = {
    ...{ sample: samplePage(), hostile: hostilePage(), large: largePage(), empty: emptyPage },
    ...{ calm: calmPage(), maintained: maintainedPage(), wordy: wordyPage() },
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'status-'));
    for (const [name, state] of Object.entries(scenes))
      for (const { key, body } of files(state)) {
        const path = join(folder, name, key.replace('public/', ''));
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, body);
      }
    [browser, site] = await Promise.all([
      launchBrowser(),
      serveSite(folder, { scripts: false, connect: () => [] }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), site?.stop()]);
    await rm(folder, { recursive: true });
  });

  async function visit(
    name: keyof typeof scenes,
  ): Promise<{ page: Page; asked: string[]; complained: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const [asked, complained]: [string[], string[]] = [[], []];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complained.push(message.text()));
    page.on('dialog', (dialog) => complained.push(dialog.message()));
    await page.goto(`${site.address}/${name}/index.html`);
    return { page, asked, complained };
  }

  test.each(Object.keys(scenes) as (keyof typeof scenes)[])(
    '%s is accessible, light and dark, wide and on a phone',
    async (name) => {
      const { page } = await visit(name);
      expect(await faultsOf(page, `status-${name}`)).toEqual([]);
    },
  );

  test('[F77] runs nothing that somebody wrote, and shows it as it was written', async () => {
    const { page, asked, complained } = await visit('hostile');
    expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
    expect(complained).toEqual([]);
    expect(asked.filter((url) => !url.startsWith('data:'))).toHaveLength(2);
    expect(await page.locator('script, iframe, object, embed, form:not(.subscribe form)').count()).toBe(0);
    expect(await page.locator('h4').first().textContent()).toContain('</title><script>window.ran=1</script>');
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  });

  test('says first how things are, then what is going on', async () => {
    const { page } = await visit('sample');
    const text = (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
    const order = [
      'Acme Shop',
      'Major Service Outage',
      'Orders cannot be paid',
      'Checkout',
      'Network in Frankfurt',
      'Mails were late',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('tells what was corrected and withdrawn, and of what was withdrawn no word', async () => {
    const { page } = await visit('wordy');
    const updates = await page.locator('.incident').first().locator('ol > li').allInnerTexts();
    expect(updates.map((one) => one.split('\n')[0])).toEqual([
      'Resolved 28 Nov 2026, 11:30 UTC (withdrawn)',
      'Identified 28 Nov 2026, 11:00 UTC (corrected)',
      'Investigating 28 Nov 2026, 10:00 UTC',
    ]);
    expect(await page.content()).not.toContain('x: resolved');
  });

  test('tells of maintenance under way before the components, and of what is announced after them', async () => {
    const { page } = await visit('sample');
    const titles = await page.locator('h2').allInnerTexts();
    expect(titles.filter((title) => title !== 'Past incidents').slice(0, 4)).toEqual([
      'Incidents',
      'Maintenance under way',
      'Components',
      'Scheduled maintenance',
    ]);
  });

  test('tells the days of trouble to fingers and in print too', async () => {
    const { page } = await visit('sample');
    const bars = page.getByRole('img', { name: /^Search, uptime in 90 days: 99\.\d+ %, 3 with trouble/ });
    expect(await bars.locator('title').allTextContents()).toContain('29 Sep 2026: Major outage for 35 min');
    await page.locator('summary').last().click();
    expect(await page.locator('details[open] li').first().innerText()).toMatch(/^\d+ \w+ 2026: /);
    await page.emulateMedia({ media: 'print' });
    if (process.env.SHOTS !== undefined)
      await page.screenshot({ path: join(process.env.SHOTS, 'status-print.png'), fullPage: true });
  });
});

test('the day is named by UTC, wherever it is rendered', () => {
  const view = viewPublic(samplePage(NOON + DAY), { id, now: NOON + DAY });
  expect(renderToStaticMarkup(createElement(StatusPage, { config: view }))).toContain(
    '29 Nov 2026, 12:00 UTC',
  );
});
