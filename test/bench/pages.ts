import { launchBrowser } from '../support/browser.ts';
import { consolePages } from './pages-console.ts';
import { statusPages } from './pages-status.ts';

/** The public status page and the console on a slow phone: what they load, and until when they can be used. */
export async function pages(): Promise<string> {
  const browser = await launchBrowser();
  const status = await statusPages(browser).finally(() => browser.close());
  return [
    'pages: headless Chromium, slow 4G (150 ms, 1.6 Mbit/s down, 750 kbit/s up), processor four times slower',
    status,
    '',
    await consolePages(),
  ].join('\n');
}
