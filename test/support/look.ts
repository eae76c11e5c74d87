import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Axe as a script. The builder around it puts it into the page anew for each look, which takes longer than looking. */
const { source } = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))(
  'axe-core',
) as { readonly source: string };

const shots = process.env.SHOTS;
const themes = ['light', 'dark'] as const;
const widths = [1280, 360] as const;

/**
 * What is wrong with a page as it stands, in both themes, wide and on a phone: serious accessibility findings, sideways
 * scrolling, and on the phone what is too small for a finger. Axe looks at each theme and each width once, wide in light and on a
 * phone in dark, since it takes most of the time; with SHOTS=<folder> at all four, and a picture of each is left.
 */
export async function faultsOf(page: Page, name: string): Promise<readonly string[]> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  const faults: string[] = [];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 360 ? 844 : 900 });
      await settled(page);
      if (shots !== undefined)
        await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (width === 360 && colorScheme === 'light')
        faults.push(...(await smallTargets(page)).map((one) => `${name}: ${one}`));
      if (beyond > 0) faults.push(`${name}, ${width} wide: ${beyond} pixels beyond the edge`);
      if (shots === undefined && (colorScheme === 'light') !== (width === 1280)) continue;
      const findings = await seriousFindings(page);
      faults.push(...findings.map((finding) => `${name}, ${colorScheme}, ${width} wide: ${finding}`));
    }
  }
  await page.setViewportSize(size);
  return faults;
}

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;

/** Serious findings of axe as short lines: rule, and where. Pages of ours have no frames, in which it would not look. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(what: Document, options: object): Promise<Results> } };
    // What passes is not collected; all rules are asked all the same.
    return axe.run(document, { resultTypes: ['violations'] });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
    );
}

/** Waits until the page has taken on its width and its theme: a colour half way to another is no finding. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    // One that is taken away before its end is over too.
    await Promise.allSettled(ending.map(({ finished }) => finished));
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
