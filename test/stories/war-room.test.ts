import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type IncidentId, MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { type Visits, visitsOf } from '../support/one-clock.ts';
import { comeIn, memberToken, type Scripted } from '../support/scripted-room.ts';

const CROWD = 50;

/** The machine may have much else to do. */
const patience = { timeout: 20_000 };

describe.skipIf(browserMissing)(
  `two people and ${CROWD} others in one room${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: 120_000 },
  () => {
    let app: App;
    let browser: Browser;
    let visits: Visits;
    let crowd: Scripted[] = [];
    beforeAll(async () => {
      [app, browser] = await Promise.all([startApp(), launchBrowser()]);
      visits = visitsOf(browser, app.system);
      await memberToken(app, 'Bob Builder');
    });
    afterAll(async () => {
      for (const one of crowd) one.leave();
      await browser.close();
      await app.stop();
    });
    afterEach(() => {
      expect(visits.complaints()).toEqual([]);
    });

    const signIn = async (email: string): Promise<Page> => {
      const tab = await visits.visit();
      await tab.goto(app.addresses.console);
      await tab.getByRole('button', { name: 'Sign in' }).click();
      await tab.getByLabel('E-mail address').fill(email);
      await tab.getByRole('button', { name: 'Sign in' }).click();
      await tab.getByRole('link', { name: 'Resolved' }).waitFor();
      return tab;
    };
    const message = (tab: Page) => tab.getByRole('textbox', { name: 'Message' });
    const say = async (tab: Page, text: string) => {
      await message(tab).fill(text);
      await message(tab).press('Enter');
    };
    const read = (tab: Page, text: string) => tab.locator('.said-entry', { hasText: text }).waitFor();
    let id = '' as IncidentId;

    it('an alert becomes an incident in an open list, without a reload, and both go into its room', async () => {
      const [ann, bob] = await Promise.all([signIn('admin@example.com'), signIn('bob.builder@example.com')]);
      const title = 'Checkout answers with errors';
      await app.send('generic', { title, service: 'checkout', severity: 'critical' });
      for (const tab of [ann, bob]) await tab.getByRole('link', { name: title }).click();
      for (const tab of [ann, bob]) await tab.getByText('Bob Builder joined the room.').waitFor();
      const [incident] = await app.incidents('?service=checkout');
      id = incident?.id as IncidentId;
      await say(ann, 'I take this');
      await read(bob, 'I take this');

      const tokens: string[] = [];
      for (let i = 0; i < CROWD; i++) tokens.push(await memberToken(app, `Person ${i}`));
      crowd = tokens.map((token, i) => comeIn(app, id, { name: `Person ${i}`, token }));
      await Promise.all(crowd.map((one) => one.until(({ link }) => link === 'open')));
      await ann.getByText('Person 49').first().waitFor();

      // All talk at once, one reloads meanwhile with half a sentence written, the other writes on.
      await message(bob).fill('Half a sen');
      for (const [i, one] of crowd.entries()) one.say(`word of ${one.name}`, `crowd-message-${i}`);
      await bob.reload();
      await say(ann, 'Everybody at once');
      const spoken = ({ facts }: { facts: readonly { type: string }[] }) =>
        facts.filter(({ type }) => type === 'room.said').length;
      await Promise.all(crowd.map((one) => one.until((client) => spoken(client) === CROWD + 2)));
      await Promise.all([read(bob, 'word of Person 49'), read(ann, 'word of Person 49')]);
      expect(await message(bob).inputValue()).toBe('Half a sen');

      const log = await factsOf(app, id);
      const whole = log.map(({ seq }) => seq);
      for (const one of crowd) {
        await one.until(({ known }) => known === whole.at(-1));
        expect(one.client().facts.map(({ seq, id: fact }) => [seq, fact])).toEqual(
          log.map(({ seq, id: fact }) => [seq, fact]),
        );
      }
      expect(new Set(log.map(({ data }) => data.text)).size).toBeGreaterThan(CROWD);

      await ann.getByLabel('New action').fill('Page the DBA');
      await ann.getByLabel('New action').press('Enter');
      await bob.getByLabel('Assignee of Page the DBA').selectOption('Bob Builder');
      await expect
        .poll(() => ann.getByLabel('Assignee of Page the DBA').inputValue(), patience)
        .toMatch(/^per_/);
      await ann.getByLabel('Commander').selectOption('Bob Builder');
      await bob.locator('dt:text-is("Owner") + dd', { hasText: 'Bob Builder' }).waitFor();

      for (const tab of [ann, bob]) await tab.getByRole('tab', { name: 'Document' }).click();
      await ann.locator('.cm-content').click();
      await ann.keyboard.type('# What we know');
      await bob.locator('.cm-content', { hasText: '# What we know' }).waitFor();
      for (const tab of [ann, bob]) await tab.getByRole('tab', { name: 'Room' }).click();

      await ann.getByRole('button', { name: 'Resolve' }).click();
      await bob.getByText('resolved the incident.').waitFor();
      await Promise.all([ann.context().close(), bob.context().close()]);
    });

    it('who leaves is on record a minute later, and who is removed is cut off', async () => {
      const [first, second] = crowd;
      first?.leave();
      await app.system.idle();
      await app.system.clock.fastForward(MINUTE + 10 * SECOND);
      await second?.until(({ facts }) =>
        facts.some(({ type, data }) => type === 'room.left' && JSON.stringify(data).includes('"Person 0"')),
      );
      const { body } = await app.call('GET', '/api/members');
      const members = body.items as readonly { person: string; name: string }[];
      const removed = members.find(({ name }) => name === 'Person 1');
      await app.call('DELETE', `/api/members/${removed?.person}`);
      await second?.until(({ link }) => link !== 'open');
    });
  },
);

async function factsOf(app: App, id: IncidentId) {
  const all = [];
  for (let after = 0; ; ) {
    const { body } = await app.call('GET', `/api/incidents/${id}/facts?after=${after}&limit=200`);
    const items = body.items as Awaited<ReturnType<App['facts']>>;
    all.push(...items);
    if (items.length < 200) return all;
    after = Number(body.last);
  }
}
