import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type IncidentId, MINUTE, SECOND } from '../../shared/kernel/index.ts';
import type { RoomClient } from '../../shared/war-room/index.ts';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { type Visits, visitsOf } from '../support/one-clock.ts';
import { comeIn, memberToken, type Scripted } from '../support/scripted-room.ts';
import { signInOn } from '../support/sign-in.ts';
import { statusStory } from '../support/status-story.ts';

const CROWD = 50;
/** How many of the crowd talk at the same instant. */
const CHORUS = 10;
/** How often pages look for news, at least. */
const POLL = 15 * SECOND;

/** The machine may have much else to do. */
const patience = { timeout: 20_000 };
const reader = 'reader@example.com';
const title = 'Checkout answers with errors';

describe.skipIf(browserMissing)(
  `an outage, with two people and ${CROWD} others in its room${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: 120_000 },
  () => {
    let app: App;
    let browser: Browser;
    let visits: Visits;
    let page: ReturnType<typeof statusStory>;
    let [ann, bob, publicly] = [] as unknown as [Page, Page, Page];
    let crowd: Scripted[] = [];
    let id = '' as IncidentId;
    beforeAll(async () => {
      [app, browser] = await Promise.all([startApp(), launchBrowser()]);
      visits = visitsOf(browser, app.system);
      page = statusStory(app);
      await Promise.all([
        page.component('Checkout', { services: ['checkout'] }),
        memberToken(app, 'Bob Builder'),
      ]);
      await app.system.idle();
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
      await signInOn(tab, email);
      await tab.getByText('Nothing is open').waitFor();
      return tab;
    };
    const message = (tab: Page) => tab.getByRole('textbox', { name: 'Message' });
    const say = async (tab: Page, text: string) => {
      await message(tab).fill(text);
      await message(tab).press('Enter');
    };
    const read = (tab: Page, text: string) => tab.locator('.said-entry', { hasText: text }).waitFor();
    const mails = async () => (await app.mailbox(reader)).map(({ subject }) => subject);
    const openTab = async (tab: Page, name: string) => tab.getByRole('tab', { name }).click();

    it('a reader of the public page subscribes by its form and the button of one mail', async () => {
      publicly = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
      await publicly.goto(app.addresses.status);
      await publicly.getByText('All Systems Operational').waitFor();
      await publicly.getByLabel('E-mail address').fill(reader);
      await publicly.getByRole('button', { name: 'Subscribe' }).click();
      await app.system.idle();
      const [asked] = await app.mailbox(reader);
      await publicly.goto(/https?:\S+\/status\/subscriptions\/\S+/.exec(asked?.body.text ?? '')?.[0] ?? '');
      await publicly.getByRole('button').click();
      await publicly.getByText('You are subscribed').first().waitFor();
    });

    it('an alert becomes an incident in an open list, without a reload, and both go into its room', async () => {
      [ann, bob] = await Promise.all([signIn('admin@example.com'), signIn('bob.builder@example.com')]);
      await app.send('generic', { title, service: 'checkout', severity: 'critical' });
      await visits.fastForward(POLL);
      for (const tab of [ann, bob]) await tab.getByRole('link', { name: title }).click();
      for (const tab of [ann, bob]) await tab.getByText('Bob Builder joined the room.').waitFor();
      const [incident] = await app.incidents('?service=checkout');
      id = incident?.id as IncidentId;
      await say(ann, 'I take this');
      await read(bob, 'I take this');
    });

    it('all talk, one reloads with half a sentence written, and everybody has the same in the same order', async () => {
      const tokens: string[] = [];
      for (let i = 0; i < CROWD; i++) tokens.push(await memberToken(app, `Person ${i}`));
      crowd = tokens.map((token, i) => comeIn(app, id, { name: `Person ${i}`, token }));
      await Promise.all(crowd.map((one) => one.until(({ link }) => link === 'open')));
      await ann.getByText('Person 49').first().waitFor();

      await message(bob).fill('Half a sen');
      const reloaded = bob.reload();
      for (let first = 0; first < CROWD; first += CHORUS) {
        const chorus = crowd.slice(first, first + CHORUS);
        for (const one of chorus) one.say(`word of ${one.name}`, `message-of-${one.name.replace(' ', '-')}`);
        await Promise.all(chorus.map((one) => one.until(({ outbox }) => outbox.length === 0)));
      }
      await say(ann, 'That was everybody');
      await reloaded;
      await Promise.all(crowd.map((one) => one.until((client) => spoken(client) === CROWD + 2)));
      await Promise.all([read(bob, 'word of Person 49'), read(ann, 'word of Person 49')]);
      expect(await message(bob).inputValue()).toBe('Half a sen');

      const log = (await factsOf(app, id)).map(({ seq, id: fact }) => [seq, fact]);
      for (const one of crowd) {
        await one.until(({ known }) => known === log.at(-1)?.[0]);
        expect(one.client().facts.map(({ seq, id: fact }) => [seq, fact])).toEqual(log);
      }
    });

    it('an action is given to somebody, who also leads from now on', async () => {
      await ann.getByLabel('New action').fill('Page the DBA');
      await ann.getByLabel('New action').press('Enter');
      await bob.getByLabel('Assignee of Page the DBA').selectOption('Bob Builder');
      await expect
        .poll(() => ann.getByLabel('Assignee of Page the DBA').inputValue(), patience)
        .toMatch(/^per_/);
      await ann.getByLabel('Commander').selectOption('Bob Builder');
      await bob.locator('dt:text-is("Owner") + dd', { hasText: 'Bob Builder' }).waitFor();
    });

    it('what one writes in the document, the other reads', async () => {
      for (const tab of [ann, bob]) await openTab(tab, 'Document');
      await ann.locator('.cm-content').click();
      await ann.keyboard.type('# What we know');
      await bob.locator('.cm-content', { hasText: '# What we know' }).waitFor();
      for (const tab of [ann, bob]) await openTab(tab, 'Room');
    });

    it('the proposed update is published from the console, read by the public, and told to the subscriber once', async () => {
      await ann.getByRole('link', { name: 'Status page' }).click();
      await publish(ann, 'Problem with Checkout', 'Payments fail. We are on it.');
      await app.system.idle();
      await publicly.goto(app.addresses.status);
      await publicly.reload();
      await publicly.getByText('Major Service Outage').waitFor();
      await publicly.getByText('Payments fail. We are on it.').waitFor();
      await visits.fastForward(MINUTE);
      expect((await mails()).slice(1)).toEqual(['[Status] Investigating: Problem with Checkout']);
    });

    it('it is resolved for everybody in the room, and then for the public', async () => {
      await bob.getByRole('button', { name: 'Resolve' }).click();
      await bob.getByText('resolved the incident.').waitFor();
      await crowd[0]?.until(({ facts }) => facts.some(({ type }) => type === 'incident.resolved'));
      await visits.fastForward(POLL);
      await publish(ann, 'Problem with Checkout', 'Payments work again.');
      await app.system.idle();
      // For ten seconds the page of before is good enough for browsers.
      await publicly.reload();
      await publicly.getByText('All Systems Operational').waitFor();
      await publicly.getByText('Payments work again.').waitFor();
    });

    it('its replay plays from the first alert to the end', async () => {
      await bob.getByRole('link', { name: 'Replay' }).click();
      const moment = bob.getByRole('slider', { name: 'Moment' });
      await moment.waitFor();
      await moment.press('Home');
      await bob.getByText('resolved the incident.').waitFor({ state: 'hidden' });
      await bob.getByLabel('Speed').selectOption({ label: '300 ×' });
      await bob.getByRole('button', { name: 'Play', exact: true }).click();
      await read(bob, 'I take this');
      await bob.getByText('resolved the incident.').waitFor();
      await Promise.all([ann, bob, publicly].map((tab) => tab.context().close()));
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

const spoken = ({ facts }: RoomClient): number => facts.filter(({ type }) => type === 'room.said').length;

/** Publishes what an incident proposes for the status page, in words of one's own. */
async function publish(tab: Page, name: string, text: string): Promise<void> {
  const waiting = tab.getByRole('region', { name: 'Waiting to be published' });
  const proposal = waiting.getByRole('article', { name });
  await proposal.getByLabel(/^Words of the update/).fill(text);
  await proposal.getByRole('button', { name: 'Publish' }).click();
  await proposal.waitFor({ state: 'detached' });
}

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
