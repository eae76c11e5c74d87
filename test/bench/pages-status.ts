import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { PageState } from '../../shared/status/index.ts';
import { serveSite } from '../frontend/built-site.ts';
import { pageOf } from '../support/sample-page.ts';
import { page as id, NOON } from '../support/status-page.ts';
import { bareStatus } from './bare-status.ts';
import { bundledRender } from './bundled-render.ts';
import { figure, median, ratio, textTable } from './figures.ts';
import { type Load, load, noteUsable, slowPage } from './slow-browser.ts';

const ROUNDS = 5;
const SIZES = [5, 50] as const;
const usable = { selector: 'h1' };

/** Public status pages on a slow phone, each beside the same sentences as bare HTML. */
export async function statusPages(browser: Browser): Promise<string> {
  const rows: string[][] = [];
  for (const size of SIZES) {
    const { ours, bare } = await loadsOf(browser, pageOf(size));
    const row = (what: string, of: (load: Load) => number) => {
      const [own, other] = [median(ours.map(of)), median(bare.map(of))];
      return [`${size} components: ${what}`, figure(own), figure(other), ratio(own, other)];
    };
    rows.push(
      row('ms until the status can be read', ({ painted }) => painted),
      row('KB over the network', ({ bytes }) => bytes / 1_000),
      row('requests', ({ requests }) => requests),
    );
  }
  return [
    `  public status page, 90 days and incidents, cold cache, median of ${ROUNDS} in turns, beside the same sentences as bare HTML`,
    textTable(['', 'ours', 'bare', 'ratio'], rows),
  ].join('\n');
}

async function loadsOf(browser: Browser, state: PageState) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const renderPage = await bundledRender();
  const files = renderPage(
    state,
    { page: id, root: true },
    { site: 'https://status.example', api: 'https://api.example' },
    NOON,
  );
  const html = files.at(-1)?.body ?? '';
  const all = [...files, { key: 'public/bare.html', body: bareStatus(html) }];
  for (const { key, body } of all) {
    await mkdir(dirname(join(folder, key)), { recursive: true });
    await writeFile(join(folder, key), body);
  }
  const site = await serveSite(join(folder, 'public'), { scripts: false, styles: true, connect: () => [] });
  const [ours, bare]: [Load[], Load[]] = [[], []];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await cold(browser, `${site.address}/`));
      bare.push(await cold(browser, `${site.address}/bare.html`));
    }
    return { ours, bare };
  } finally {
    await site.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function cold(browser: Browser, address: string): Promise<Load> {
  const context = await browser.newContext();
  try {
    const slow = await slowPage(context);
    await noteUsable(slow.page, usable);
    return await load(slow, address);
  } finally {
    await context.close();
  }
}
