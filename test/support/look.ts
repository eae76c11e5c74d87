import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * Axe as a script, in its short form, which is read in less time. The builder around it puts it into the page anew for each look,
 * which takes longer than looking.
 */
const source = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve(
    'axe-core/axe.min.js',
  ),
  'utf8',
);

const shots = process.env.SHOTS;
/** From one look to the next either the width changes or the theme. */
const looks = [
  { colorScheme: 'light', width: 1280, byAxe: true },
  { colorScheme: 'light', width: 360, byAxe: false },
  { colorScheme: 'dark', width: 360, byAxe: true },
  { colorScheme: 'dark', width: 1280, byAxe: false },
] as const;

/**
 * What is wrong with a page as it stands, in both themes, wide and on a phone: serious accessibility findings, sideways
 * scrolling, and on the phone what is too small for a finger. Axe looks at each theme and each width once, wide in light and on a
 * phone in dark, since it takes most of the time; with SHOTS=<folder> at all four, and a picture of each is left.
 */
export async function faultsOf(page: Page, name: string): Promise<readonly string[]> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  const faults: string[] = [];
  for (const { colorScheme, width, byAxe } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: width === 360 ? 844 : 900 });
    const beyond = await settled(page);
    if (shots !== undefined)
      await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    if (width === 360 && colorScheme === 'light')
      faults.push(...(await smallTargets(page)).map((one) => `${name}: ${one}`));
    if (beyond > 0) faults.push(`${name}, ${width} wide: ${beyond} pixels beyond the edge`);
    if (shots === undefined && !byAxe) continue;
    const findings = await seriousFindings(page);
    faults.push(...findings.map((finding) => `${name}, ${colorScheme}, ${width} wide: ${finding}`));
  }
  await page.setViewportSize(size);
  return faults;
}

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;

/** What axe runs is its own: rules whose findings are never serious, such as those about landmarks, are not asked. */
interface Axe {
  readonly _audit: { readonly rules: readonly { readonly id: string; readonly impact: string }[] };
  run(what: Document, options: object): Promise<Results>;
}

/** Serious findings of axe as short lines: rule, and where. Pages of ours have no frames, in which it would not look. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe };
    const slight = axe._audit.rules.filter(({ impact }) => impact === 'minor' || impact === 'moderate');
    return axe.run(document, {
      // What passes is not collected; all other rules are asked all the same.
      resultTypes: ['violations'],
      rules: Object.fromEntries(slight.map(({ id }) => [id, { enabled: false }])),
    });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
    );
}

/**
 * Waits until the page has taken on its width and its theme, at its end: a colour half way to another is no finding. Tells how far
 * it scrolls sideways. What moves is not waited for by its promise: Chromium keeps some of those for ever whose element went away.
 */
async function settled(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const ending = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState !== 'finished' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
        );
    await frame();
    await frame();
    for (let moving = ending(); moving.length > 0; moving = ending()) {
      for (const one of moving) one.finish();
      await frame();
    }
    return document.documentElement.scrollWidth - innerWidth;
  });
}

/** What fingers press and is lower than 44 pixels, or narrower. Links within a text are as high as its lines. */
async function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const pressed = [
      ...document.querySelectorAll<HTMLElement>(
        'button, summary, select, input, textarea, nav a, [role=tab]',
      ),
    ];
    return pressed.flatMap((one) => {
      const isTicked = one.matches('[type=checkbox], [type=radio]');
      const box = ((isTicked && one.closest('label, .mantine-Checkbox-root')) || one).getBoundingClientRect();
      // What is hidden, or only to be read out, is a pixel at most.
      if (box.width <= 1 || box.height <= 1 || !one.checkVisibility()) return [];
      const isSmall = Math.round(box.height) < 44 || Math.round(box.width) < 44;
      const words = one.getAttribute('aria-label') ?? one.textContent?.trim() ?? one.id;
      return isSmall
        ? [`${one.localName} “${words.slice(0, 40)}” is ${box.width} by ${box.height} pixels`]
        : [];
    });
  });
}
