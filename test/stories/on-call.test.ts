import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { type RestClient, restClient } from '../support/rest.ts';
import { synthesizeWith } from '../support/synthesize-with.ts';
import { startReceiver } from '../support/vendors/receiver.ts';
import { startSlack } from '../support/vendors/slack.ts';

/** What a busy machine may take for a page. */
const LATE = 8 * SECOND;

interface Text {
  readonly to: string;
  readonly text: string;
  readonly at: number;
}

describe('a page that nobody answers', { timeout: 120_000 }, () => {
  let app: App;
  let ask: RestClient;
  let folder: string;
  let slack: Awaited<ReturnType<typeof startSlack>>;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  beforeAll(async () => {
    [slack, receiver] = await Promise.all([startSlack('UADA'), startReceiver()]);
    folder = await mkdtemp(join(tmpdir(), 'on-call-'));
    await synthesizeWith({ allowedEndpoints: [slack.origin, receiver.origin] }, folder);
    app = await startApp({ assembly: folder });
    ask = restClient(app.addresses.api, app.addresses.token);
  }, 90_000);
  afterAll(async () => {
    await app.stop();
    await Promise.all([slack.stop(), receiver.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const steps = async () =>
    (await app.facts((await found())?.id ?? '')).filter(({ type }) => type === 'incident.escalated');
  const texts = async (): Promise<readonly Text[]> => {
    const { messages } = (await (await fetch(`${app.system.engines.sns}/store`)).json()) as {
      messages: readonly Text[];
    };
    return messages;
  };
  const mailsTo = async (address: string) =>
    (await app.mailbox(address))
      .filter(({ subject }) => subject.includes('Checkout is down'))
      .map(({ at }) => at * SECOND);
  const forward = (time: number) => app.system.clock.fastForward(time);
  const found = async () =>
    (await app.incidents('?state=open')).find(({ title }) => title === 'Checkout is down');

  it('is set up by one document, by channels whose secrets are shown once, and by an override', async () => {
    for (const [channel, settings] of [
      ['slack', slack.settings],
      ['sms', { senderId: 'Pager' }],
    ] as const)
      expect(await ask('PUT', `/api/on-call/channels/${channel}`, { body: settings })).toMatchObject({
        status: 200,
      });
    const made = await ask('PUT', '/api/on-call/channels/webhook', { body: {} });
    receiver.trust(String(made.body.secret));
    const { headers, body } = await ask('GET', '/api/config');
    const email = (id: string) => ({ id, name: id.toUpperCase(), email: `${id}@example.org` });
    const layer = { startDate: '2020-01-01', handOff: '09:00', every: 'week' };
    const schedule = (id: string, person: string, only?: object) => ({
      ...{ id, name: id, timeZone: 'Europe/Zurich' },
      layers: [{ ...layer, people: [person], ...(only && { only: [only] }) }],
    });
    const never = { weekdays: ['mon'], from: '03:00', to: '03:01' };
    const configuration = {
      ...(body.configuration as object),
      people: [
        { ...email('ada'), slack: 'UADA', channels: ['slack', 'email'] },
        { ...email('grace'), sms: '+41790000001', channels: ['sms'] },
        { ...email('zoe'), sms: '+41790000002', channels: ['sms', 'email'] },
        { ...email('hook'), webhook: receiver.address, channels: ['webhook'] },
      ],
      schedules: [schedule('first', 'ada'), schedule('office', 'ada', never), schedule('second', 'grace')],
      policies: [
        {
          id: 'default',
          name: 'Default',
          levels: [
            { targets: ['first', 'hook'], delay: 300 },
            { targets: ['office'], delay: 300 },
            { targets: ['second'], delay: 300 },
          ],
        },
      ],
      rules: [],
    };
    const put = { body: configuration, headers: { 'if-match': String(headers.etag) } };
    expect(await ask('PUT', '/api/config', put)).toMatchObject({ status: 200 });
    const to = new Date(app.system.clock.now() + 60 * MINUTE).toISOString();
    const override = { body: { person: 'zoe', instead: 'grace', to } };
    expect(await ask('POST', '/api/schedules/second/overrides', override)).toMatchObject({ status: 201 });
    const { body: now } = await ask('GET', '/api/on-call');
    expect(now.schedules).toMatchObject([
      { id: 'first', person: { id: 'ada' } },
      { id: 'office' },
      { id: 'second', person: { id: 'zoe' } },
    ]);
  });

  it('[F38] [C10] [C16] goes to the first level at once: signed to a webhook, and by e-mail once Slack has failed three times', async () => {
    slack.next(...Array.from({ length: 99 }, () => ({ status: 500, body: {} })));
    await app.send('generic', { title: 'Checkout is down', service: 'checkout', severity: 'critical' });
    expect(slack.asked.length).toBeGreaterThan(0);
    expect(receiver.events()).toMatchObject([{ step: 1, person: { id: 'hook' } }]);
    const [first] = await steps();
    const taken = Date.parse(first?.occurredAt ?? '');
    await forward(taken + 70 * SECOND - app.system.clock.now());
    const [at = Number.NaN, ...others] = await mailsTo('ada@example.org');
    expect(others).toEqual([]);
    expect(at - taken).toBeLessThan(10 * SECOND + LATE);
  });

  it('[F35] [M8] climbs past a level with nobody, to whoever has taken over there, by text message', async () => {
    const due = Date.parse((await found())?.next?.dueAt ?? '');
    const [first] = await steps();
    expect(due - Date.parse(first?.occurredAt ?? '')).toBeLessThanOrEqual(5 * MINUTE);
    await forward(due - 10 * SECOND - app.system.clock.now());
    expect(await texts()).toEqual([]);
    await forward(12 * SECOND);
    const [text, ...others] = await texts();
    expect(others).toEqual([]);
    expect(text).toMatchObject({ to: '+41790000002', text: expect.stringContaining('Checkout is down') });
    expect((text?.at ?? 0) * SECOND).toBeGreaterThanOrEqual(due);
    expect((text?.at ?? 0) * SECOND).toBeLessThan(due + LATE);
    expect((await steps()).map(({ data }) => data)).toMatchObject([
      {
        level: 1,
        targets: [
          { person: 'ada', channel: 'slack' },
          { person: 'hook', channel: 'webhook' },
        ],
      },
      { level: 3, skipped: [2], targets: [{ person: 'zoe', channel: 'sms', others: ['email'] }] },
    ]);
  });

  it('ends when the link of the text message is used, and nobody else is paged', async () => {
    const incident = await found();
    const [text] = await texts();
    const link = /https?:\S+/.exec(text?.text ?? '')?.[0] ?? '';
    expect((await fetch(link, { method: 'POST' })).status).toBe(200);
    expect(await found()).toMatchObject({ state: 'acknowledged', acknowledgedBy: { id: 'zoe' } });
    await forward(30 * MINUTE);
    expect(await texts()).toHaveLength(1);
    expect(await mailsTo('ada@example.org')).toHaveLength(1);
    expect(await mailsTo('zoe@example.org')).toEqual([]);
    const { body } = await ask('GET', `/api/incidents/${incident?.id}/pages`);
    expect(body.items).toMatchObject([
      { person: 'ada', channel: 'email', state: 'sent' },
      { person: 'ada', channel: 'slack', state: 'dropped', reason: 'reached-otherwise' },
      { person: 'hook', channel: 'webhook', state: 'sent' },
      { person: 'zoe', channel: 'sms', state: 'sent' },
    ]);
  });
});
