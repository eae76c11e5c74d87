import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** Slow 4G and a slow phone, as Lighthouse has them; Chromium adds the round trip to each request. */
const slow4g = {
  ...{ offline: false, latency: 150 },
  ...{ downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 },
} as const;
const CPU = 4;

/** What shows that a page can be used: an element that is visible and not disabled. */
export interface Usable {
  readonly selector: string;
  readonly text?: string;
}

/** One load of a page. */
export interface Load {
  /** Milliseconds from the beginning of the navigation. */
  readonly painted: number;
  readonly usable: number;
  readonly requests: number;
  /** Bytes that came over the network, headers and compression as they are. */
  readonly bytes: number;
  /** Addresses of the scripts. */
  readonly scripts: readonly string[];
}

declare global {
  interface Window {
    usableAt?: number;
  }
}

/** A page of a context, as on a slow phone. */
export async function slowPage(context: BrowserContext): Promise<{ page: Page; session: CDPSession }> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow4g);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU });
  return { page, session };
}

/** Goes to an address and measures until the page can be used, and what was loaded by then and in the quiet after it. */
export async function load(
  { page, session }: Awaited<ReturnType<typeof slowPage>>,
  address: string,
): Promise<Load> {
  let [requests, bytes] = [0, 0];
  const scripts: string[] = [];
  const asked = ({ request: { url }, type }: { request: { url: string }; type?: string }) => {
    if (url.startsWith('data:')) return;
    requests += 1;
    if (type === 'Script') scripts.push(url);
  };
  const came = ({ encodedDataLength }: { encodedDataLength: number }) => {
    bytes += encodedDataLength;
  };
  session.on('Network.requestWillBeSent', asked);
  session.on('Network.loadingFinished', came);
  try {
    await page.goto(address);
    await page.waitForFunction(() => window.usableAt !== undefined);
    await page.waitForLoadState('networkidle');
    const [usable, painted] = await page.evaluate(() => [
      window.usableAt ?? Number.NaN,
      performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    ]);
    return { usable: usable ?? Number.NaN, painted: painted ?? Number.NaN, requests, bytes, scripts };
  } finally {
    session.off('Network.requestWillBeSent', asked);
    session.off('Network.loadingFinished', came);
  }
}

/** Lets a page note when it can be used, looking at each frame. */
export function noteUsable(page: Page, usable: Usable): Promise<unknown> {
  return page.addInitScript(({ selector, text = '' }) => {
    const isUsable = (one: Element) =>
      one.getClientRects().length > 0 &&
      (one.textContent ?? '').includes(text) &&
      !one.matches(':disabled, [aria-disabled="true"]');
    const look = () => {
      if ([...document.querySelectorAll(selector)].some(isUsable)) window.usableAt = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, usable);
}
