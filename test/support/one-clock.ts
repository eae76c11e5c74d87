import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { LocalSystem } from '../../infra/local/system.ts';

/** A browser whose pages live by the clock of a local system. */
export interface Visits {
  /** A page in a context of its own; its clock reads what the system's does, and goes on with it. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  /** Lets time pass: first for the system, while the pages stand still, then for every page that is open, as after a sleep. */
  fastForward(milliseconds: number): Promise<void>;
  /** What pages complained of since the last call: errors of their own, and what they wrote to the console as one. */
  complaints(): readonly string[];
}

const STOP = 1_000;

/** The clock is a script, which a frame without scripts, such as a mail in the inbox, rightly refuses. */
const ours = /^Blocked script execution in .* 'allow-scripts' permission is not set\.$/;

/** Visits of a browser to a local system, on one clock. */
export function visitsOf(browser: Browser, { clock }: LocalSystem): Visits {
  const pages = new Set<Page>();
  const complaints: string[] = [];
  return {
    async visit(options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      await context.clock.install({ time: clock.now() });
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !ours.test(message.text())) complaints.push(message.text());
      });
      pages.add(page);
      page.on('close', () => pages.delete(page));
      return page;
    },
    async fastForward(milliseconds) {
      const target = clock.now() + milliseconds;
      // A page can be stopped only at an instant that it has not reached yet.
      for (const page of pages) await page.clock.pauseAt((await timeOf(page)) + STOP);
      await clock.fastForwardTo(target);
      for (const page of pages) {
        await page.clock.fastForward(Math.max(0, clock.now() - (await timeOf(page))));
        await page.clock.resume();
      }
    },
    complaints: () => complaints.splice(0),
  };
}

const timeOf = (page: Page): Promise<number> => page.evaluate(() => Date.now());
