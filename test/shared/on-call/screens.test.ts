import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPage, renderResponse } from '../../../shared/on-call/index.ts';
import { browserMissing, launchBrowser } from '../../support/browser.ts';
import { incidentAfter, minutes, opened, triggered } from '../../support/given.ts';
import { faultsOf } from '../../support/look.ts';

const plain = {
  description:
    'Checkout p99 high\np99 is 4.2 s, above 2 s for 5 minutes.\n\nSince the deploy of 08:58. 31 % of the requests of three regions fail; carts are kept.',
  runbook: 'https://wiki.example.com/runbooks/checkout#latency',
  correlation: { hash: 'h', rule: 'default', key: 'service=checkout' },
  next: { step: 2, dueAt: minutes(8) },
};
/** As long as texts may be, with a word that fits nowhere, in two directions. */
const sprawling = {
  title: `התשלום נכשל (payments-db) ב-31% מהבקשות ${'replica_'.repeat(24)}`,
  service: 'תשלומים',
  description: `שירות התשלומים אינו עונה מאז 10:02!\n${'x'.repeat(200)}\n\n${'Carts are kept, cards are refused. '.repeat(9)}`,
  runbook: `https://wiki.example.com/${'runbook_'.repeat(24)}`,
  correlation: { hash: 'h', rule: 'default', key: `service=תשלומים, label:region=${'eu_'.repeat(50)}` },
};
const mail = (data: typeof plain | typeof sprawling) =>
  renderPage({
    incident: triggered(data),
    step: 1,
    person: 'ann',
    name: 'Ada Lovelace',
    respondUrl: 'https://pages.example.com/respond/token',
    consoleUrl: 'https://console.example.com/incidents/inc_1',
    possiblyAgain: data === sprawling,
    now: minutes(3),
  }).html;
const answered = incidentAfter(opened(plain), {
  type: 'incident.acknowledged',
  occurredAt: minutes(4),
  data: { generation: 1 },
});
const question = (data: typeof plain | typeof sprawling) =>
  renderResponse({ show: 'question', incident: triggered(data), name: 'Ada Lovelace' }, minutes(3));

const screens = {
  mail: mail(plain),
  'mail-sprawling': mail(sprawling),
  question: question(plain),
  'question-sprawling': question(sprawling),
  outcome: renderResponse({ show: 'outcome', incident: answered, by: 'this-answer' }, minutes(4)),
};

describe.skipIf(browserMissing)(
  `what somebody who is paged sees${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser.close());

    it.each(Object.entries(screens))(
      '%s: no serious accessibility finding and no sideways scrolling, in both themes, wide and on a phone',
      async (name, content) => {
        const page = await browser.newPage();
        await page.setContent(content);
        // The ground that a browser or mail program paints, which the check takes for white.
        await page.addStyleTag({ content: ':where(html) { background: Canvas }' });
        expect(await faultsOf(page, name)).toEqual([]);
        await page.close();
      },
    );

    it('on a phone the button is in sight without scrolling', async () => {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      for (const content of [screens.mail, screens.question]) {
        await page.setContent(content);
        const button = page.getByText(/^Acknowledge/);
        const box = await button.boundingBox();
        expect((box?.y ?? Number.NaN) + (box?.height ?? 0)).toBeLessThan(700);
      }
      await page.close();
    });
  },
);
