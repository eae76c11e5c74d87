import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

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

/** Serious findings of axe as short lines: rule, and where. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
    );
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
