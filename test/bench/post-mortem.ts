import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { bundle } from '../../infra/bundle.ts';
import {
  defaultTemplate,
  documentHtml,
  documentOf,
  generate,
  titleOf,
} from '../../shared/postmortems/index.ts';
import { timelineOf, timelineSvg } from '../../shared/timeline/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { deployed, generated, given, postmortemAfter } from '../shared/postmortems/given.ts';
import { sourcesOf } from '../shared/timeline/log.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { minutes } from '../support/given.ts';
import { figure, median, ratio, textTable } from './figures.ts';
import { longLog } from './long-log.ts';
import type { Made, Material } from './post-mortem-child.ts';

const FACTS = 200;
const STARTS = 5;
const forms = ['markdown', 'html', 'pdf', 'pdfkit'] as const;

/** The document of an incident of 200 facts, and how long it takes to generate it from these. */
function material(): Material & { readonly generating: number } {
  const facts = longLog(FACTS);
  const timeline = timelineOf(sourcesOf(facts, { changes: [deployed] }), minutes(60));
  const sources = { ...given({ changes: [deployed] }), facts, timeline };
  const times = Array.from({ length: 8 }, () => {
    const begun = performance.now();
    generate(sources, defaultTemplate);
    return performance.now() - begun;
  });
  const postmortem = postmortemAfter([generated(generate(sources, defaultTemplate))]);
  const drawing = timelineSvg(timeline);
  return {
    blocks: documentOf(postmortem, []),
    title: titleOf(postmortem),
    drawing,
    generating: median(times),
  };
}

const root = join(import.meta.dirname, '../..');

/** What makes the forms, bundled as functions are, with their fonts. */
async function bundled(into: string): Promise<string> {
  const files = { Maker: functions.PostmortemPdf.files };
  await bundle({ Maker: 'test/bench/post-mortem-child.ts' }, { root, into, files });
  return join(into, 'Maker', 'Maker.mjs');
}

/** One form in a process of its own, as in a Lambda that has just started. */
async function made(child: string, form: string, file: string): Promise<Made> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, form, file], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as Made;
}

/** The same HTML printed by headless Chromium: with its start, and by one that runs. */
async function printed(html: string): Promise<Made> {
  const begun = performance.now();
  const browser = await launchBrowser();
  const { length: bytes } = await print(browser, html);
  const first = performance.now() - begun;
  const later: number[] = [];
  for (let round = 0; round < 3; round++) {
    const again = performance.now();
    await print(browser, html);
    later.push(performance.now() - again);
  }
  await browser.close();
  return { first, later, bytes };
}

async function print(browser: Browser, html: string): Promise<Buffer> {
  const page = await browser.newPage();
  await page.setContent(html);
  const pdf = await page.pdf({ format: 'A4', printBackground: true });
  await page.close();
  return pdf;
}

/** A post-mortem in all its forms, at the first call of a process and later. */
export async function postMortem(): Promise<string> {
  const { generating, ...parts } = material();
  const folder = await mkdtemp(join(tmpdir(), 'bench-post-mortem-'));
  const file = join(folder, 'material.json');
  const child = await bundled(folder);
  await writeFile(file, JSON.stringify(parts));
  const html = documentHtml(parts.blocks, parts.title, parts.drawing);
  const all = new Map<string, Made[]>();
  for (let start = 0; start < STARTS; start++) {
    for (const form of forms) all.set(form, [...(all.get(form) ?? []), await made(child, form, file)]);
    if (browserMissing === undefined)
      all.set('Chromium', [...(all.get('Chromium') ?? []), await printed(html)]);
  }
  await rm(folder, { recursive: true });
  const [first, later] = [
    (form: string) => median((all.get(form) ?? []).map((one) => one.first)),
    (form: string) => median((all.get(form) ?? []).flatMap((one) => one.later)),
  ];
  const rows = [...all].map(([form, [one]]) => [
    form,
    figure(Math.round((one?.bytes ?? 0) / 1_000)),
    ...[figure(first(form)), ratio(first(form), first('pdfkit'))],
    ...[figure(later(form)), ratio(later(form), later('pdfkit'))],
  ]);
  return [
    textTable(['post-mortem', 'KB', 'first, ms', 'to pdfkit', 'later, ms', 'to pdfkit'], rows),
    `  Of ${FACTS} facts, generated in ${figure(generating)} ms. First: with the loading of the code, in a new process (Chromium: with`,
    `  its start). pdfkit: the same words in the same font, without form, links and drawing. Medians of ${STARTS} starts.`,
    ...(browserMissing === undefined ? [] : [`  No Chromium: ${browserMissing}.`]),
  ].join('\n');
}
