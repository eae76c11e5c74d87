import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { inNewContext, type System, startSystem, tabOf } from './system.ts';

export interface Visit {
  readonly system: System;
  /** The only tab of a visitor whose browser remembers nothing. */
  readonly page: Page;
}

/**
 * The console for the tests of one describe: each test is a visit, which fails when its browser complained of anything. A visit begins
 * with `begin`. To be called once in a describe.
 */
export function eachVisit(begin: (visit: Visit) => Promise<void> | void): void {
  let system: System;
  let visits: Visits;
  let leave: () => Promise<void>;
  beforeAll(async () => {
    ({ system, visits } = await ofThisProcess());
    system.beginAnew();
  });
  beforeEach(async () => {
    const visit = await visits();
    leave = visit.leave;
    await begin({ system, page: visit.page });
  });
  afterEach(() => leave());
}

type Visits = ReturnType<typeof visitsOf>;

/** Where the files that run in this process find what one of them started: their modules are not the same. */
const place = Symbol.for('the console that is visited in this process');

/**
 * The console and its visits, started by the first who asks and ended with the process: to start a browser, and to have it compile
 * the program, takes longer than most tests.
 */
function ofThisProcess(): Promise<{ readonly system: System; readonly visits: Visits }> {
  const all = globalThis as { [place]?: ReturnType<typeof ofThisProcess> };
  all[place] ??= startSystem().then((system) => ({ system, visits: visitsOf(system) }));
  return all[place];
}

/**
 * Visits one after another. Each has a tab of its own, and with it routes, scripts, width, theme and session; what tabs of a browser
 * context share is emptied in between, so that its next tab finds the program compiled.
 */
export function visitsOf({ browser, site }: System) {
  let context: BrowserContext | undefined;
  /** Stays open in the context, beside the tab of the visit: it can empty what they share, and keeps their process alive. */
  let keeper: Page | undefined;

  async function empty(shared: BrowserContext): Promise<void> {
    keeper ??= await openKeeper(shared, site.address);
    await Promise.all(shared.pages().map((page) => (page === keeper ? undefined : page.close())));
    await Promise.all([
      keeper.evaluate(() => localStorage.clear()),
      shared.clearCookies(),
      shared.clearPermissions(),
      shared.setOffline(false),
    ]);
  }
  return async () => {
    const shared = context ?? (await inNewContext(browser));
    context = shared;
    const { page, complaints } = await tabOf(shared);
    const hasHeldTime = heldTime(page);
    const leave = async (): Promise<void> => {
      if (hasHeldTime()) {
        context = undefined;
        keeper = undefined;
        await shared.close();
      } else await empty(shared);
      expect(complaints).toEqual([]);
    };
    return { page, leave };
  };
}

async function openKeeper(context: BrowserContext, address: string): Promise<Page> {
  const keeper = await context.newPage();
  // A page of the same origin that runs nothing.
  await keeper.goto(`${address}/config.json`);
  return keeper;
}

/** Tells whether a test took hold of the clock: it goes on in later tabs too, and nothing puts it back. */
function heldTime(page: Page): () => boolean {
  const { clock } = page;
  let held = false;
  Object.defineProperty(page, 'clock', {
    get() {
      held = true;
      return clock;
    },
  });
  return () => held;
}
