import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { alerts, open, resolved } from './sample.ts';
import { type Call, type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const [first, second, third] = open;
const id = first?.id ?? '';
const [over] = resolved;
const linked = {
  ...first,
  origin: 'payments-database',
  reached: ['web', 'search'],
  related: [
    { incident: second?.id, why: 'checkout depends on payments-database', score: 0.62 },
    { incident: over?.id, why: 'Same deploy' },
  ],
  alerts: { ...first?.alerts, flapping: 1 },
};
const flapping = {
  ...alerts,
  items: alerts.items.map((one, i) => (i === 0 ? { ...one, flapping: true } : one)),
};

describe.skipIf(browserMissing)(
  `incidents that belong together${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;
    eachVisit(async (visit) => {
      ({ system, page } = visit);
      await signedIn(page, system);
      use(() => undefined);
    });

    const use = (respond: Respond, role?: 'viewer') =>
      system.api.use((call) => respond(call) ?? organisation(call, role) ?? known(call) ?? incidents(call));
    function known({ method, path }: Call) {
      if (method !== 'GET') return undefined;
      if (path === `/api/incidents/${id}`) return { body: linked };
      if (path === `/api/incidents/${id}/alerts`) return { body: flapping };
      const other = [...open, ...resolved].find((one) => path === `/api/incidents/${one.id}`);
      return other && { body: other };
    }
    const go = async (tab: string) => {
      await page.goto(`${system.site.address}/incidents/${id}`);
      await page.getByRole('tab', { name: tab }).click();
    };
    const sent = () =>
      system.api.calls.flatMap(({ method, path, body }) =>
        method === 'GET' || path.startsWith('/api/war-room') ? [] : [[method, path, body]],
      );

    test('it names what it has to do with, where it seems to come from, what it has reached and what flaps', async () => {
      await go('Related (2)');
      await page
        .getByRole('link', { name: /^INC-127/ })
        .first()
        .waitFor();
      const head = (await page.locator('.incident > .properties').innerText()).replaceAll(/\s+/g, ' ');
      expect(head).toContain('Seems to come from payments-database');
      expect(head).toContain('Has reached web, search');
      expect(head).toContain('1 of them flapping');
      expect(head).toContain('Found by correlation, 62 % sure: checkout depends on payments-database');
      const lines = await page.locator('.links .lines > li').allInnerTexts();
      expect(lines[1]).toContain('Said by somebody: Same deploy');
      expect(await faultsOf(page, 'incident-related')).toEqual([]);
    });

    test('another incident is found by its number, and merged into this one after what that does was read', async () => {
      use(({ method }) => (method === 'POST' ? { body: linked } : undefined));
      await go('Related (2)');
      await page.getByLabel('Find another incident').fill('125');
      await page.getByRole('radio', { name: /INC-125/ }).check();
      await page.getByRole('radio', { name: 'Merge INC-125 into this one (INC-128)' }).check();
      await page.getByText('INC-125 is resolved and leads to INC-128. Its escalation stops.').waitFor();
      await page.getByRole('button', { name: 'Merge INC-125 into INC-128' }).click();
      await page.getByText('Say why, for whoever reads the log.').waitFor();
      await page.getByLabel('Why', { exact: true }).fill('One cause');
      expect(await faultsOf(page, 'incident-merge')).toEqual([]);
      await page.getByRole('button', { name: 'Merge INC-125 into INC-128' }).click();
      await page.getByText('INC-125 is merged into INC-128.').waitFor();
      const body = { incidents: [third?.id], reason: 'One cause' };
      expect(sent().filter(([, path]) => String(path).endsWith('/merge'))).toEqual([
        ['POST', `/api/incidents/${id}/merge`, body],
      ]);
    });

    test('what is over is only related, a refusal is said, and what was written survives a reload', async () => {
      let refused = true;
      use(({ method, path }) => {
        if (method !== 'POST' || !path.endsWith('/related')) return undefined;
        return refused ? refusal(409, 'conflict', 'INC-126 is deleted.') : { body: linked };
      });
      await go('Related (2)');
      await page.getByRole('button', { name: 'Merge with INC-127' }).click();
      await page.getByRole('radio', { name: 'Merge this one (INC-128) into INC-127' }).waitFor();
      await page.getByLabel('Find another incident').fill('slow');
      await page.getByRole('radio', { name: /INC-126/ }).check();
      await page.getByText('INC-126 is over: only what is open is merged.').waitFor();
      await page.getByLabel('Why', { exact: true }).fill('Same deploy');
      await page.getByRole('button', { name: 'Relate INC-126' }).click();
      await page.getByText('INC-126 is deleted. What you wrote is kept.').waitFor();
      await page.reload();
      await page.getByRole('tab', { name: 'Related' }).click();
      refused = false;
      await page.getByRole('button', { name: 'Relate INC-126' }).click();
      await page.getByText('INC-126 is related.').waitFor();
      await page.getByRole('button', { name: 'Not related: INC-127' }).click();
      await page.getByText('The stub has no answer to DELETE').waitFor();
    });

    test('alerts that are ticked are split off, and a link leads to where they are', async () => {
      use(({ method, path }) =>
        method === 'POST' && path.endsWith('/split') ? { status: 201, body: third } : undefined,
      );
      await go('Alerts');
      await page.getByText('Flapping', { exact: true }).waitFor();
      await page.getByRole('checkbox', { name: 'Split off Latency p99 above 4 s' }).check();
      await page.getByRole('heading', { name: 'Split 1 alert off' }).waitFor();
      await page.getByLabel('Why', { exact: true }).fill('Another cause');
      expect(await faultsOf(page, 'incident-split')).toEqual([]);
      await page.getByRole('button', { name: 'Split off', exact: true }).click();
      await page.getByRole('link', { name: /^INC-125/ }).waitFor();
      expect(sent().filter(([, path]) => String(path).endsWith('/split'))).toEqual([
        [
          'POST',
          `/api/incidents/${id}/split`,
          { alerts: ['Latency p99 above 4 s'], reason: 'Another cause' },
        ],
      ]);
      expect(await page.getByRole('heading', { name: /^Split/ }).count()).toBe(0);
    });

    test('one that was merged leads to where it goes on, and offers neither to reopen nor to merge it', async () => {
      const merged = { ...over, id, mergedInto: second?.id };
      use(({ method, path }) =>
        method === 'GET' && path === `/api/incidents/${id}` ? { body: merged } : undefined,
      );
      await go('Related');
      await page
        .getByText('It was merged and goes on in')
        .getByRole('link', { name: /^INC-127/ })
        .waitFor();
      expect(await page.getByRole('button', { name: /Reopen|Merge|Relate/ }).count()).toBe(0);
      expect(await faultsOf(page, 'incident-merged')).toEqual([]);
    });

    test('a viewer reads all of it and changes nothing', async () => {
      use(() => undefined, 'viewer');
      await go('Related (2)');
      await page.getByText('Said by somebody: Same deploy').first().waitFor();
      expect(await page.getByRole('button', { name: /Merge|Not related/ }).count()).toBe(0);
      await page.getByRole('tab', { name: 'Alerts' }).click();
      await page.getByText('Flapping', { exact: true }).waitFor();
      expect(await page.getByRole('checkbox').count()).toBe(0);
    });
  },
);
