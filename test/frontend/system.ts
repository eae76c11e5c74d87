import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { serve } from '../../infra/local/sign-in/issuer.ts';
import { signInAs } from '../../infra/local/sign-in/sign-in-as.ts';
import { launchBrowser } from '../support/browser.ts';
import { builtSites, serveSite } from './built-site.ts';
import { startStubApi } from './stub-api.ts';
import { startStubRoom } from './stub-room.ts';

/** The client that the console signs in as. */
export const clientId = 'console';

/** The built sites in a browser, before a stub of the API and the real local sign-in. */
export async function startSystem() {
  const folder = await mkdtemp(join(tmpdir(), 'sites-'));
  const sites = builtSites();
  const browser = await launchBrowser();
  let allowed: string | undefined;
  const api = await startStubApi(() => allowed ?? site.address);
  const room = await startStubRoom();
  const config = () => ({
    organisation: 'Acme Payments',
    api: api.address,
    socket: room.address,
    signIn: { issuer, clientId },
  });
  const connect = () => [`${api.address}/`, room.address, `${issuer}/`];
  const site = await serveSite(sites.console, { scripts: true, connect, config });
  const status = await serveSite(sites.status, { scripts: false, connect: () => [] });
  const home = `${site.address}/`;
  const signIn = await serve({
    port: 0,
    clients: [{ id: clientId, callbacks: [home], logouts: [home], scopes: ['openid', 'email', 'profile'] }],
    users: [],
    keyFile: join(folder, 'key.json'),
  });
  const issuer = `http://127.0.0.1:${signIn.ready}`;
  const { idToken } = await signInAs(issuer, 'ada@example.com', { clientId, redirectUri: home });
  const stop = async () => {
    await browser.close();
    await Promise.all([api.stop(), room.stop(), site.stop(), status.stop(), signIn.stop()]);
    await rm(folder, { recursive: true });
  };
  /** Lets the API answer pages of another site instead. */
  const allow = (origin: string): void => {
    allowed = origin;
  };
  /** Forgets what the tests of a file had said to it. */
  const beginAnew = (): void => {
    allowed = undefined;
    api.beginAnew();
    room.beginAnew();
  };
  return { allow, api, beginAnew, room, site, status, issuer, idToken, browser, stop };
}

export type System = Awaited<ReturnType<typeof startSystem>>;

/** What a fresh visitor has: a browser context in which nothing is remembered yet. */
export const inNewContext = (browser: Browser, options: BrowserContextOptions = {}) =>
  browser.newContext({ locale: 'en-GB', ...options });

/** A new tab, and everything that its browser complained about. */
export async function tabOf(context: BrowserContext) {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The browser itself reports each answer above 399, which some tests provoke.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return { page, complaints };
}

/** A page of a fresh visitor, and everything that its browser complained about. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await inNewContext(browser, options);
  return { context, ...(await tabOf(context)) };
}

/** Gives a page the session of somebody who signed in before. */
export async function signedIn(page: Page, { issuer, idToken }: System): Promise<void> {
  const session = {
    id_token: idToken,
    access_token: 'not for the API',
    token_type: 'Bearer',
    scope: 'openid email profile',
    profile: { sub: 'ada' },
    expires_at: Math.floor(Date.now() / 1_000) + 3_600,
  };
  await page.addInitScript(
    ([key, value]) => sessionStorage.setItem(key ?? '', value ?? ''),
    [`oidc.user:${issuer}:${clientId}`, JSON.stringify(session)],
  );
}
