import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { incidents, listed, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { facts, happened, onCall, open } from './sample.ts';
import { type System, signedIn } from './system.ts';

const [first] = open;
const hostile = [
  '<script>window.hit = 1</script>',
  '<img src=x onerror="window.hit = 1">',
  '<svg onload="window.hit = 1">',
  '![x](https://tracker.example.com/x.png)',
  '[x](javascript:window.hit=1)',
].join(' ');

describe.skipIf(browserMissing)(
  `[F76] what somebody else wrote${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;
    const asked: string[] = [];

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      asked.length = 0;
      page.on('request', (request) => asked.push(request.url()));
      await signedIn(page, system);
      const wronged = {
        ...(first as NonNullable<typeof first>),
        title: hostile,
        service: hostile,
        description: `Title\n${hostile}`,
        runbook: 'javascript:window.hit=1',
        correlation: { rule: 'by-service', key: hostile },
      };
      const policies = onCall.policies.map((policy) => ({ ...policy, name: hostile, problems: [hostile] }));
      system.api.use((call) => {
        const { path, query } = call;
        if (path === '/api/incidents') return { body: { items: [listed(wronged)] } };
        if (path === `/api/incidents/${first?.id}`) return { body: wronged };
        if (path === '/api/on-call') return { body: { ...onCall, policies, problems: [hostile] } };
        if (path.endsWith('/facts')) {
          const said = [...facts, happened(7, 'incident.noted', { text: hostile })];
          return { body: { items: said.slice(Number(query.after)), last: said.length } };
        }
        return organisation(call) ?? incidents(call);
      });
    });

    test.each(['/incidents', `/incidents/${first?.id}`, '/on-call'])(
      'is text on %s: nothing runs, nothing is fetched, no link leads into a script',
      async (path) => {
        await page.goto(`${system.site.address}${path}`);
        await page.locator('main').getByText('window.hit = 1').first().waitFor();
        expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBeUndefined();
        expect(await page.locator('main :is(script, img, svg[onload], iframe)').count()).toBe(0);
        expect(asked.filter((url) => url.includes('tracker'))).toEqual([]);
        const links = await page
          .locator('a')
          .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
        expect(links.filter((href) => !/^(\/|#|https?:)/.test(href ?? ''))).toEqual([]);
      },
    );
  },
);
