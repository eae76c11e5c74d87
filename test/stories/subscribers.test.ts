import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { statusStory } from '../support/status-story.ts';

let app: App;
let page: ReturnType<typeof statusStory>;
beforeAll(async () => {
  app = await startApp();
  page = statusStory(app);
  await page.component('Checkout');
  await app.system.idle();
});
afterAll(() => app.stop());

const form = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields) });

/** Sends the form as it stands on the published page. */
async function subscribe(email: string) {
  const html = await page.html();
  const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1] ?? '';
  const id = /<input type="hidden"[^>]* value="([^"]+)"/.exec(html)?.[1] ?? '';
  return form(action, { page: id, email });
}
const linkIn = (text = '') => /https?:\S+\/status\/subscriptions\/\S+/.exec(text)?.[0] ?? '';
const settle = () => app.system.clock.fastForward(MINUTE);

describe('a subscriber', () => {
  it('[M17] gets one mail for an update, after the button of the confirmation, until one click ends it', async () => {
    const box = () => app.mailbox('reader@example.com');
    expect((await subscribe('reader@example.com')).status).toBe(202);
    await app.system.idle();
    const [asked] = await box();
    expect(asked?.subject).toMatch(/^Confirm your subscription/);
    const confirm = linkIn(asked?.body.text);
    expect(await (await fetch(confirm)).text()).toContain('<button');
    await page.incident('Before the button');
    await settle();
    expect(await box()).toHaveLength(1);
    expect(await (await form(confirm, {})).text()).toContain('You are subscribed');

    // The verb and the fan-out both send the message; who reads gets one mail.
    const { id } = await page.incident('Checkout is slow');
    await settle();
    const told = (await box()).slice(1);
    expect(told.map(({ subject }) => subject)).toEqual(['[Status] Investigating: Checkout is slow']);
    const end = linkIn(told[0]?.body.text.split('Unsubscribe: ')[1]);
    await fetch(end);
    await page.update(id, 'identified');
    await settle();
    expect(await box()).toHaveLength(3);

    expect((await form(end, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    await page.update(id, 'resolved');
    await settle();
    expect(await box()).toHaveLength(3);
    expect(await page.html()).not.toContain('reader@example.com');
  }, 60_000);

  it('[F82] cannot be made of foreign addresses in numbers: one source is stopped after ten', async () => {
    const answers = new Map<number, number>();
    const before = (await app.call('GET', '/api/status/subscribers')).body.counts as { pending: number };
    for (let i = 0; i < 40; i++) {
      const { status } = await subscribe(`foreign${i}@example.com`);
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
    await settle();
    expect([...answers.keys()].sort()).toEqual([202, 429]);
    expect(answers.get(202)).toBeLessThanOrEqual(10);
    const after = (await app.call('GET', '/api/status/subscribers')).body.counts as { pending: number };
    expect(after.pending - before.pending).toBe(answers.get(202));
  }, 60_000);
});
