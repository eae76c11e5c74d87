import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { ServerMessage } from '../../shared/war-room/index.ts';
import { browserMissing } from '../support/browser.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { facts, happened, open } from './sample.ts';
import { type System, signedIn } from './system.ts';

const id = open[0]?.id ?? '';

describe.skipIf(browserMissing)(
  `the room of an incident${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      system.room.use(facts);
      system.api.use((call) => organisation(call) ?? incidents(call));
    });

    const enter = async (role?: 'viewer') => {
      system.api.use((call) => organisation(call, role) ?? incidents(call));
      await signedIn(page, system);
      await page.goto(`${system.site.address}/incidents/${id}`);
      await page.locator('.present', { hasText: 'Grace Hopper' }).waitFor();
    };
    const said = (type: string) => system.room.heard.filter((message) => message.type === type);
    const next = (type: string, data: object) =>
      happened(Number(system.room.log.at(-1)?.seq) + 1, type, data);
    const tell = (type: string, data: object) => {
      const fact = next(type, data);
      system.room.log.push(fact);
      const frame: ServerMessage = {
        v: 1,
        type: 'facts',
        incident: id as `inc_${string}`,
        facts: [fact],
        last: fact.seq,
      };
      system.room.tellAll(frame);
    };

    test('what is said is there at once, for who says it and for others', async () => {
      await enter();
      await page.getByLabel('Message').fill('Rolling back to yesterday');
      await page.getByLabel('Message').press('Enter');
      await page.locator('.said-entry', { hasText: 'Rolling back to yesterday' }).waitFor();
      expect(await page.getByLabel('Message').inputValue()).toBe('');
      tell('room.said', { text: 'Error rate falls' });
      await page.locator('.said-entry', { hasText: 'Error rate falls' }).waitFor();
      expect(said('chat')).toMatchObject([{ text: 'Rolling back to yesterday' }]);
    });

    test('a note from the tool of a source stands there by its author, with the source named', async () => {
      await enter();
      tell('incident.noted', { text: 'The replica is full', by: 'Mira Holt' });
      const note = page.locator('.said-entry', { hasText: 'The replica is full' });
      await note.getByText('Mira Holt').waitFor();
      expect(await note.locator('.by .soft').innerText()).toMatch(/^in \S/);
      tell('incident.noted', { text: 'Written here' });
      const own = page.locator('.said-entry', { hasText: 'Written here' });
      await own.waitFor();
      expect(await own.locator('.by .soft').count()).toBe(0);
    });

    test('[WR7] a message without an answer is sent again as the same message, and is there once', async () => {
      await enter();
      system.room.behave('lose');
      await page.clock.install();
      await page.getByLabel('Message').fill('Is anybody there?');
      await page.getByLabel('Message').press('Enter');
      await page.getByText('Sending …').waitFor();
      await expect.poll(() => said('chat').length).toBe(1);
      system.room.behave('take');
      await page.clock.fastForward(2_100);
      await page.locator('.said-entry', { hasText: 'Is anybody there?' }).waitFor();
      const [first, second] = said('chat');
      expect(second).toEqual(first);
      expect(await page.locator('.said-entry', { hasText: 'Is anybody there?' }).count()).toBe(1);
    });

    test('a message that is refused stays, with the reason, until its author tries again or discards it', async () => {
      await enter();
      system.room.behave({ refuse: "The role 'viewer' may not do that." });
      await page.getByLabel('Message').fill('Hello');
      await page.getByLabel('Message').press('Enter');
      await page.getByText("Not sent: The role 'viewer' may not do that.").waitFor();
      system.room.behave('take');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.said-entry', { hasText: 'Hello' }).waitFor();
      expect(await page.getByText('Not sent').count()).toBe(0);
    });

    test('what was typed, and what was not recorded yet, survives a reload', async () => {
      await enter();
      system.room.behave('lose');
      await page.getByLabel('Message').fill('First');
      await page.getByLabel('Message').press('Enter');
      await page.getByLabel('Message').fill('Half a sen');
      await page.reload();
      system.room.behave('take');
      await page.locator('.said-entry', { hasText: 'First' }).waitFor();
      expect(await page.getByLabel('Message').inputValue()).toBe('Half a sen');
      expect(system.room.log.filter(({ data }) => data.text === 'First')).toHaveLength(1);
    });

    test('a connection that is lost comes back, says so meanwhile, and misses nothing', async () => {
      await enter();
      await page.clock.install();
      system.room.cut();
      await page.getByText('Not connected.').waitFor();
      tell('room.said', { text: 'Said while you were away' });
      await page.getByLabel('Message').fill('Written meanwhile');
      await page.getByLabel('Message').press('Enter');
      await page.clock.fastForward(2_000);
      await page.locator('.said-entry', { hasText: 'Said while you were away' }).waitFor();
      await page.locator('.said-entry', { hasText: 'Written meanwhile' }).waitFor();
      await expect.poll(() => page.locator('.link-state').innerText()).toBe('');
    });

    test('where no socket gets through, the log comes all the same', async () => {
      const later = next('room.said', { text: 'By another way' });
      system.api.use((call) => {
        if (call.path === '/api/war-room/tickets')
          return {
            status: 403,
            body: { error: { code: 'forbidden', message: 'No sockets here.', requestId: 'r' } },
          };
        if (call.path.endsWith('/facts'))
          return { body: { items: Number(call.query.after) < 7 ? [later] : [], last: 7 } };
        return organisation(call) ?? incidents(call);
      });
      await signedIn(page, system);
      await page.goto(`${system.site.address}/incidents/${id}`);
      await page.getByText('No sockets here.').waitFor();
      await page.locator('.said-entry', { hasText: 'By another way' }).waitFor();
    });

    test('an action is added, given to somebody, made due and finished', async () => {
      await enter();
      await page.getByLabel('New action').fill('Page the DBA');
      await page.getByLabel('New action').press('Enter');
      await page.getByRole('heading', { name: 'Actions (1 open)' }).waitFor();
      await page.getByLabel('Assignee of Page the DBA').selectOption('Ada Lovelace');
      await page.getByLabel('Due day of Page the DBA').fill('2020-01-01');
      await page.getByText('Late', { exact: true }).waitFor();
      await page.getByLabel('Page the DBA', { exact: true }).check();
      await page.getByRole('heading', { name: 'Actions (0 open)' }).waitFor();
      expect(said('action.change')).toMatchObject(
        [{ assignee: /per_/ }, { due: '2020-01-01' }, { done: true }].map((change) =>
          'assignee' in change ? { assignee: expect.stringMatching(/^per_/) } : change,
        ),
      );
    });

    test('a role is handed on, and the commander is the owner', async () => {
      await enter();
      await page.getByLabel('Commander').selectOption('Ada Lovelace');
      await expect.poll(() => page.locator('dt:text-is("Owner") + dd').innerText()).toBe('Ada Lovelace');
    });

    test('a message is pinned and taken down again', async () => {
      await enter();
      tell('room.said', { text: 'The cause is the deploy' });
      const entry = page.locator('.said-entry', { hasText: 'The cause is the deploy' });
      await entry.getByRole('button', { name: 'Pin' }).click();
      await page.getByRole('heading', { name: 'Pinned' }).waitFor();
      await page.locator('.pins').getByRole('button', { name: 'Unpin' }).click();
      await page.getByRole('heading', { name: 'Pinned' }).waitFor({ state: 'detached' });
    });

    test('who types and who is there is shown as it changes', async () => {
      await enter();
      const incident = id as `inc_${string}`;
      const person = { id: 'per_grace', name: 'Grace Hopper' };
      system.room.tellAll({ v: 1, type: 'typing', incident, person });
      await page.getByText('Grace Hopper is typing …').waitFor();
      system.room.tellAll({ v: 1, type: 'presence', incident, person, here: false });
      await expect.poll(() => page.locator('.present').innerText()).not.toContain('Grace');
      await page.getByLabel('Message').pressSequentially('abc');
      await expect.poll(() => said('typing').length).toBe(1);
    });

    test('a viewer reads all and is offered nothing to change', async () => {
      await enter('viewer');
      expect(await page.getByLabel('Message').count()).toBe(0);
      expect(await page.getByLabel('New action').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Pin' }).count()).toBe(0);
    });

    test('[F76] hostile text is text: no script runs, no image is fetched, links lead only to http and https', async () => {
      await enter();
      const hostile = [
        '<script>window.hit = 1</script>',
        '<img src=x onerror="window.hit = 1">',
        '[x](javascript:window.hit=1) javascript:window.hit=1 data:text/html,<script>window.hit=1</script>',
        '![tracker](https://evil.example/pixel.png) @everyone',
        '<svg onload="window.hit=1">',
        'https://example.com/a?b=c&d="><script>window.hit=1</script>',
      ];
      for (const text of hostile) tell('room.said', { text });
      await page.getByText('<svg onload').waitFor();
      const feed = page.locator('.feed');
      expect(await feed.locator('img, script, svg, iframe').count()).toBe(0);
      const links = await feed
        .locator('a')
        .evaluateAll((all) => all.map((one) => [one.getAttribute('href'), one.getAttribute('rel')]));
      expect(links).toEqual([
        ['https://evil.example/pixel.png', 'noopener noreferrer nofollow'],
        ['https://example.com/a?b=c&d=', 'noopener noreferrer nofollow'],
      ]);
      expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBeUndefined();
      for (const text of hostile) expect(await feed.innerText()).toContain(text);
    });
  },
);
