import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { onCall, open } from './sample.ts';
import { type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const [first] = open;

describe.skipIf(browserMissing)(
  `services and who is on call${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      await signedIn(page, system);
      use(() => undefined);
    });

    const use = (respond: Respond) =>
      system.api.use((call) => respond(call) ?? organisation(call) ?? incidents(call));
    const go = (path: string) => page.goto(`${system.site.address}${path}`);
    const lines = async (place: string) =>
      (await page.locator(place).allInnerTexts()).map((line) => line.replaceAll(/\s+/g, ' ').trim());

    test('services stand with the worst that is open, how many nobody answered, and the last incident', async () => {
      await go('/services');
      await page.getByRole('link', { name: 'checkout', exact: true }).waitFor();
      const all = await lines('.lines li');
      expect(all[0]).toBe(
        'P1 Critical checkout 1 open, nobody answered INC-128, 4 min ago, triggered Checkout answers 5xx to one request in three',
      );
      expect(all[1]).toContain('1 open, all acknowledged');
      expect(all.at(-1)).toMatch(/^Quiet search Nothing open INC-126, .* resolved Search is slow$/);
      await page.getByText('1 open incident names no service.').waitFor();
    });

    test('a service leads to its incidents: what is open, else what is over', async () => {
      await go('/services');
      await page.getByRole('link', { name: 'checkout', exact: true }).click();
      await page.waitForURL(/\/incidents\?service=checkout$/);
      await page.goBack();
      await page.getByRole('link', { name: 'search', exact: true }).click();
      await page.waitForURL(/\/incidents\?state=resolved&service=search$/);
    });

    test('a policy tells who is paged now and next, its levels, and who cannot be reached', async () => {
      await go('/on-call');
      await page.getByRole('heading', { name: 'Payments, around the clock' }).waitFor();
      expect(await lines('.policy .turns')).toEqual([
        'Now Grace Hopper level 1 Next Ada Lovelace and Grace Hopper level 2',
        'Now Ada Lovelace level 2 Next Nobody else',
      ]);
      expect(await lines('.levels li')).toEqual([
        'Level 1 Grace Hopper by Primary, weekly after 5 min the next',
        'Level 2 Ada Lovelace, Grace Hopper only P1, P2',
        'Level 1 linus (cannot be reached) after 15 min the next',
        'Level 2 Ada Lovelace',
      ]);
      expect(await lines('.problems li')).toEqual([
        "Level 1 names 'linus', who is not among the people.",
        'Level 1 reaches nobody and is passed over.',
      ]);
    });

    test('an incident that escalates leads to the policy that it escalates by', async () => {
      use(({ path }) =>
        path === `/api/incidents/${first?.id}` ? { body: { ...first, policy: 'data' } } : undefined,
      );
      await go(`/incidents/${first?.id}`);
      await page.getByRole('link', { name: 'Who is on call' }).click();
      await page.waitForURL(/\/on-call\?policy=data$/);
      await page.locator('.policy[data-wanted]').getByRole('heading', { name: 'Data platform' }).waitFor();
    });

    test('nobody at all is said loudly, and so is a policy that is gone', async () => {
      const [policy] = onCall.policies;
      const { now: _, next: __, ...nobody } = policy as NonNullable<typeof policy>;
      use(({ path }) =>
        path === '/api/on-call' ? { body: { ...onCall, policies: [nobody], administrators: [] } } : undefined,
      );
      await go('/on-call?policy=gone');
      await page.getByText('There is no policy “gone” any more').waitFor();
      expect(await lines('.policy .turns')).toEqual(['Now Nobody Next Nobody else']);
    });

    test.each(['/services', '/on-call', '/integrations', '/heartbeats'])(
      '%s that cannot be had is asked for again by a button',
      async (path) => {
        let busy = true;
        use((call) =>
          busy && call.path === `/api${path}` ? refusal(503, 'unavailable', 'The table is busy.') : undefined,
        );
        await go(path);
        await page.getByText('The table is busy. (request req-1) This page keeps trying.').waitFor();
        busy = false;
        await page.getByRole('button', { name: 'Try now' }).click();
        await page.getByText(/^Updated/).waitFor();
        expect(await page.getByRole('alert').count()).toBe(0);
      },
    );

    test.each([
      ['/incidents', 'incidents'],
      ['/services', 'services'],
      ['/on-call', 'who is on call'],
      ['/integrations', 'integrations'],
      ['/heartbeats', 'heartbeats'],
      ['/status', 'the status page'],
    ])('%s says that it is loading, until there is an answer', async (path, what) => {
      const waiting: Route[] = [];
      await page.route(`**/live/api${path}*`, (route) => void waiting.push(route));
      await go(path);
      await page.getByRole('status').getByText(`Loading ${what} …`).waitFor();
      expect(await faultsOf(page, `loading${path.replace('/', '-')}`)).toEqual([]);
      await Promise.all(waiting.map((route) => route.continue()));
      await page.getByText(/^Updated/).waitFor();
    });

    test.each(['/services', '/on-call'])(
      '%s that is refused says why, and does not keep trying',
      async (path) => {
        use((call) =>
          call.path === `/api${path}` ? refusal(403, 'forbidden', 'Your role may not do this.') : undefined,
        );
        await go(path);
        await page.getByRole('alert').getByText('Your role may not do this.', { exact: true }).waitFor();
        expect(await page.getByRole('button', { name: 'Try now' }).count()).toBe(0);
      },
    );
  },
);
