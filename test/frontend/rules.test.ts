import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { configuredWith, partTrial, rules, writtenRules } from './rules-sample.ts';
import { type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

describe.skipIf(browserMissing)(
  `the rules, as people see and change them${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;
    eachVisit(async (visit) => {
      ({ system, page } = visit);
      await signedIn(page, system);
      use(() => undefined);
    });

    const use = (respond: Respond, role?: 'viewer', inForce?: object) =>
      system.api.use((call) => respond(call) ?? rules(call, inForce) ?? organisation(call, role));
    const go = async (path: string, until: string | RegExp) => {
      await page.goto(`${system.site.address}${path}`);
      await page.getByText(until).first().waitFor();
    };
    const sent = (method: string, path: string) =>
      system.api.calls.filter((call) => call.method === method && call.path === path);
    const text = () => page.getByLabel('The rules, in their order');

    test('stand in their order with what each does, whether it is on, and who changed it last and why', async () => {
      await go('/rules', 'Database connections');
      const cards = await page.locator('.rule').allInnerTexts();
      expect(cards).toHaveLength(5);
      expect(cards[0]).toContain('The rules after it are tried with that.');
      expect(cards[1]).toContain('Opens an incident once 3 different alerts fire within 3 min.');
      expect(cards[2]).toContain('Off: it is not tried');
      expect(cards[3]).toMatch(/Changed in version 7 by Ada Lovelace, .*: Cron jobs wake nobody/);
      expect(cards[4]).toContain('built in');
      await page.getByText('The whole rule').nth(1).click();
      await page.getByText('timeWindow: 180').waitFor();
      await page.getByText('All its changes').nth(3).click();
      await page.locator('.plain').getByText('back to version 4').waitFor();
      expect(await faultsOf(page, 'rules')).toEqual([]);
    });

    test('one is turned off with a reason, after its plan', async () => {
      use(({ method }) => (method === 'PUT' ? { body: configuredWith(writtenRules, {}, 8) } : undefined));
      await go('/rules', 'Database connections');
      await page.getByRole('button', { name: 'Turn off: Cron' }).click();
      await page.getByText('Alerts that it takes go to the rules after it.').waitFor();
      await page.getByLabel('Why').fill('It hides outages');
      await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
      await page.getByText('“Cron” is off since version 8.').waitFor();
      expect(sent('PUT', '/api/config')[0]?.body).toMatchObject({
        rules: [{ enabled: true }, {}, { enabled: false }, { id: 'cron', enabled: false }],
      });
    });

    test('that cannot be had are asked for again by a button', async () => {
      let busy = true;
      use(({ path }) =>
        busy && path === '/api/config' ? refusal(503, 'unavailable', 'The table is busy.') : undefined,
      );
      await go('/rules', 'The table is busy.');
      expect(await faultsOf(page, 'rules-error')).toEqual([]);
      busy = false;
      await page.getByRole('button', { name: 'Try now' }).click();
      await page.getByRole('heading', { name: 'Database connections' }).waitFor();
    });

    test('none at all says what happens then', async () => {
      use(() => undefined, undefined, configuredWith([]));
      await go('/rules', 'No rules yet');
      expect(await faultsOf(page, 'rules-empty')).toEqual([]);
    });

    test('versions tell who made them and why, what they changed, and are rolled back with a reason', async () => {
      let isOutdated = true;
      use(({ path }) => {
        if (path !== '/api/config/rollback') return undefined;
        if (isOutdated) return refusal(412, 'precondition', 'Version 7 is not in force any more.');
        return { body: configuredWith(writtenRules.slice(1, 3), {}, 8) };
      });
      await go('/rules/versions', 'Version 6');
      await page.getByText('What it changed').first().click();
      await page.getByText('Rules: added owners, cron').waitFor();
      expect(await faultsOf(page, 'versions')).toEqual([]);
      await page.getByRole('button', { name: 'Roll back to version 6' }).click();
      await page.getByText('Rules: removed owners, cron').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
      await page.getByText('Say why.').waitFor();
      await page.getByLabel('Why').fill('One of them mattered');
      expect(await faultsOf(page, 'roll-back')).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
      await page.getByText('Version 7 is not in force any more.').waitFor();
      isOutdated = false;
      await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
      await page.getByText('Version 8 is in force, with the content of version 6.').waitFor();
      const [call] = sent('POST', '/api/config/rollback');
      expect([call?.headers['if-match'], call?.body]).toEqual([
        '"7"',
        { version: 6, reason: 'One of them mattered' },
      ]);
    });

    test('a draft begins with what is in force, and says what is wrong at its line', async () => {
      await go('/rules/draft?rule=cron', 'It is understood as a whole.');
      const begun = await text().inputValue();
      expect(begun).toContain(
        '- id: db-connections\n  name: Database connections\n  description: |-\n    Three',
      );
      expect(
        await text().evaluate((area: HTMLTextAreaElement) =>
          area.value.slice(area.selectionStart, area.selectionEnd),
        ),
      ).toBe('- id: cron');
      await text().fill(
        '- id: a\n  name: A\n  conditions:\n    treshold: 2\n  actions: { assignToTeam: nobody }\n- id: b',
      );
      await page.getByText('[0].conditions.treshold').waitFor();
      await page.getByText('[1].name').waitFor();
      await page.getByRole('button', { name: 'Line 4' }).click();
      expect(
        await text().evaluate((area: HTMLTextAreaElement) =>
          area.value.slice(area.selectionStart, area.selectionEnd),
        ),
      ).toBe('    treshold: 2');
      expect(await page.locator('.code-box mark').allInnerTexts()).toEqual(['4\n', '6\n']);
      expect(await faultsOf(page, 'draft-faults')).toEqual([]);
      await page.getByRole('button', { name: 'Put in force' }).click({ force: true });
      expect(await page.getByRole('dialog').count()).toBe(0);
      await text().fill('- id: a\n  name: A\n  actions: { assignToTeam: nobody }');
      await page.getByText("There is no policy 'nobody'").waitFor();
      await page.reload();
      await page.getByText("There is no policy 'nobody'").waitFor();
      expect(await text().inputValue()).toContain('assignToTeam: nobody');
      await page.getByRole('button', { name: 'Begin anew' }).click();
      await page.getByRole('button', { name: 'Discard it' }).click();
      await page.getByText('It is understood as a whole.').waitFor();
      expect(await text().inputValue()).toBe(begun);
    });

    test('a draft in which a rule would never be tried says so at once, and not in green', async () => {
      await go('/rules/draft', 'It is understood as a whole.');
      await text().fill('- id: rest\n  name: Rest\n- id: late\n  name: Late');
      await page.getByText('It is understood as a whole, but one thing is odd about it:').waitFor();
      await page.getByText("Rule 'rest' takes every alert, so 'late' behind it is never tried.").waitFor();
      expect(await page.locator('.fault-list .calm').count()).toBe(0);
      expect(await faultsOf(page, 'draft-odd')).toEqual([]);
      await text().fill(
        '- id: late\n  name: Late\n  conditions: { alertPattern: late }\n- id: rest\n  name: Rest',
      );
      await page.getByText('It is understood as a whole.').waitFor();
    });

    test('a draft is tried, and what it would change is drawn and told', async () => {
      await go('/rules/draft', 'It is understood as a whole.');
      await page.getByLabel('Days').fill('14');
      await page.getByRole('button', { name: 'Simulate' }).click();
      await page.getByText('14,210 signals of 388 alerts').waitFor();
      expect(sent('POST', '/api/rules/simulate').map(({ body }) => body)).toMatchObject([
        { days: 14, rules: [{ id: 'owners' }, {}, {}, {}] },
      ]);
      const bars = (await page.locator('.pair').allInnerTexts()).map((one) => one.replaceAll(/\s+/g, ' '));
      expect(bars[1]).toBe('First pages In force 51 Draft 29');
      expect(bars[4]).toBe('Payments reaches primary, ada first In force 19 Draft 4');
      await page.getByText('Would be one (9)').click();
      await page.getByText('Payment refused').waitFor();
      expect(await faultsOf(page, 'trial')).toEqual([]);
      await text().fill('[]');
      await page.getByText('The text was changed since').waitFor();
    });

    test('a draft is tried on a file, and what was not played or is no alert is said', async () => {
      use(({ path }) => (path === '/api/rules/simulate' ? { body: partTrial } : undefined));
      await go('/rules/draft', 'It is understood as a whole.');
      await page.getByLabel('Play').selectOption('a file of bodies');
      await page.getByRole('button', { name: 'Simulate' }).click();
      await page.getByText('Choose a file first.').waitFor();
      const buffer = Buffer.from(
        '{"title":"a"}\n{"body":{"title":"b"},"receivedAt":"2026-11-28T03:00:00Z"}\n',
      );
      await page.getByLabel(/^File/).setInputFiles({ name: 'x.jsonl', mimeType: 'text/plain', buffer });
      await page.getByRole('button', { name: 'Simulate' }).click();
      await page.getByText('Not all was played.').waitFor();
      await page.getByText('Number 4: title: is missing; expected a text').waitFor();
      expect(sent('POST', '/api/rules/simulate')[0]?.body).toMatchObject({
        upload: {
          source: 'generic',
          bodies: [{ body: { title: 'a' } }, { body: { title: 'b' }, receivedAt: '2026-11-28T03:00:00Z' }],
        },
      });
      expect(await faultsOf(page, 'trial-part')).toEqual([]);
    });

    test('a draft is put in force after its plan, and what was typed outlives that somebody was faster', async () => {
      let version = 7;
      use(({ method, path }) => {
        if (path === '/api/config/plan') return undefined;
        if (method !== 'PUT') return undefined;
        if (version === 7) {
          version = 8;
          return refusal(412, 'precondition', 'Version 7 is not in force any more.');
        }
        return { body: configuredWith(writtenRules, {}, 9) };
      });
      await go('/rules/draft', 'It is understood as a whole.');
      await text().fill('- id: disks\n  name: Disks');
      await page.getByText('This text was not tried yet.').waitFor();
      await page.getByRole('button', { name: 'Put in force' }).click();
      await page.getByText('Rules: added disks; changed cron; removed owners; in another order').waitFor();
      await page.getByText('1 thing is odd').click();
      await page.getByLabel('Why').fill('Disks by host');
      expect(await faultsOf(page, 'put-in-force')).toEqual([]);
      const put = page.getByRole('dialog').getByRole('button', { name: 'Put in force' });
      await put.click();
      await page.getByText('Version 7 is not in force any more. What you wrote is kept.').waitFor();
      await page.getByRole('button', { name: 'Look again' }).click();
      await page.getByText('Cron job|Nightly').waitFor();
      await put.click();
      await page.getByText('Version 9 is in force').waitFor();
      expect(
        sent('PUT', '/api/config').map(({ query, headers, body }) => [query, headers['if-match'], body]),
      ).toMatchObject([
        [
          { reason: 'Disks by host' },
          '"7"',
          { rules: [{ id: 'disks', name: 'Disks' }], policies: [{ id: 'payments' }] },
        ],
        [{ reason: 'Disks by host' }, '"7"', {}],
      ]);
    });

    test('shadow rules are watched, and are put in force or ended from there', async () => {
      use(
        ({ method }) => (method === 'PUT' ? { body: configuredWith(writtenRules) } : undefined),
        undefined,
        configuredWith(writtenRules, {
          shadow: { since: '2026-11-01T00:00:00Z', rules: writtenRules.slice(3) },
        }),
      );
      await go('/rules/shadow', '14,210 signals of 388 alerts');
      await page.getByText('The shadow rules (1)').click();
      expect(await faultsOf(page, 'shadow')).toEqual([]);
      await page.getByRole('button', { name: 'End …' }).click();
      await page.getByText('Rules: added disks').waitFor();
      await page.getByLabel('Why').fill('Enough seen');
      await page.getByRole('button', { name: 'End them' }).click();
      await page.getByText('They are not watched any more.').waitFor();
      const [put] = sent('PUT', '/api/config');
      expect(put?.body).not.toHaveProperty('shadow');
      use(() => undefined);
      await page.reload();
      await page.getByText('No rules are watched').waitFor();
    });

    test('a viewer reads rules, versions and shadow, and drafts nothing', async () => {
      use(() => undefined, 'viewer');
      await go('/rules', 'Database connections');
      expect(await page.getByRole('link', { name: /^Change/ }).count()).toBe(0);
      await page.getByRole('link', { name: 'Versions' }).click();
      await page.getByText('Version 6').waitFor();
      expect(await page.getByRole('button', { name: /Roll back/ }).count()).toBe(0);
      await page.getByRole('link', { name: 'Draft' }).click();
      await page.getByText('that needs a manager or above').waitFor();
    });
  },
);
