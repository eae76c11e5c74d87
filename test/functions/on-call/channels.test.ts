import { SendEmailCommand } from '@aws-sdk/client-ses';
import { PublishCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../../shared/kernel/index.ts';
import { ann, T0 } from '../../support/given.ts';
import { startChannels } from './channel-scene.ts';

let on: Awaited<ReturnType<typeof startChannels>>;
beforeAll(async () => {
  on = await startChannels('channels');
});
afterAll(() => on.stop());
beforeEach(() => on.begin());

/** An incident of an organisation where Ann has these contacts, whose first step was taken. */
const paged = async (contacts: object, ...settings: readonly ('slack' | 'sms' | 'webhook')[]) =>
  on.paged(await on.organisation(contacts, settings));

describe('a page goes by the channel that a person chose first', () => {
  it('to Slack, as the bot, with the link of the person', async () => {
    const incident = await paged({ slack: 'UANN', channels: ['slack', 'email'] }, 'slack');
    expect(await on.deliverSent()).toBe(0);
    expect(on.vendors.slack.messages.at(-1)).toMatchObject({ channel: 'UANN' });
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent']);
    expect(on.providers.inbox).toEqual([]);
  });
  it('to Microsoft Teams, as a card', async () => {
    const incident = await paged({ teams: on.vendors.teams.address, channels: ['teams'] });
    expect(await on.deliverSent()).toBe(0);
    expect(on.vendors.teams.cards.at(-1)?.body[0]?.inlines[0]?.text).toContain('Checkout p99 high');
    expect(await on.pagesOf(incident)).toEqual(['ann 1 teams sent']);
  });
  it('as a text message', async () => {
    const incident = await paged({ sms: '+41791234567', channels: ['sms', 'email'] }, 'sms');
    expect(await on.deliverSent()).toBe(0);
    expect(on.texts()).toMatchObject([
      { PhoneNumber: '+41791234567', Message: expect.stringMatching(/^\[P1\] .*\nAcknowledge: https:/) },
    ]);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 sms sent']);
  });
  it('[C16] as a signed webhook, which a receiver knows again', async () => {
    const incident = await paged({ webhook: on.vendors.webhook.address, channels: ['webhook'] }, 'webhook');
    on.vendors.webhook.next('break');
    const messages = on.world.sent.filter(({ queue }) => queue === 'Delivery').map(({ body }) => body);
    expect(await on.deliverSent()).toBe(1);
    expect(await on.deliverThese(messages)).toBe(0);
    expect(on.vendors.webhook.events().at(-1)).toMatchObject({
      id: `${incident.id}.1.1.ann.webhook`,
      possiblyAgain: true,
      incident: { id: incident.id },
    });
    expect(on.vendors.webhook.events()).toHaveLength(1);
  });
});

describe('[C10] [F38] the next channel', () => {
  const contacts = { slack: 'UANN', sms: '+41791234567', channels: ['slack', 'sms', 'email'] };

  it('stands by for a minute, and is not used when the first one took it', async () => {
    const incident = await paged(contacts, 'slack', 'sms');
    expect(on.waiting()).toEqual(['slack in 0 s', 'sms in 60 s']);
    await on.deliverSent();
    expect(await on.minuteLater()).toBe(0);
    expect(on.waiting()).toEqual([]);
    expect(on.texts()).toEqual([]);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent']);
  });
  it('[M6] is tried at once when nobody has set the first one up, which is no success', async () => {
    const incident = await paged(contacts, 'sms');
    expect(await on.deliverSent()).toBe(1);
    expect(on.waiting()).toEqual(['sms in 60 s', 'sms in 0 s']);
    expect(await on.deliverSent()).toBe(0);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack refused', 'ann 1 sms sent']);
    const refused = (await on.factsOf(incident)).find(({ type }) => type === 'page.refused');
    expect(refused?.data).toMatchObject({
      channel: 'slack',
      reason: expect.stringMatching(/^Nobody has set up/),
    });
    expect(await on.headOf(incident)).toMatchObject({ next: { step: 2, dueAt: T0 + 300 * SECOND } });
  });
  it.each([
    ['says ok:false', { status: 200, body: { ok: false, error: 'account_inactive' } }],
    ['has too many requests', { status: 429, headers: { 'retry-after': '30' }, body: {} }],
  ])('is tried at once when the first %s', async (_, told) => {
    const incident = await paged(contacts, 'slack', 'sms');
    on.vendors.slack.next(told);
    expect(await on.deliverSent()).toBe(1);
    await on.deliverSent();
    expect(on.texts()).toHaveLength(1);
    expect(await on.pagesOf(incident)).toContainEqual('ann 1 sms sent');
  });
  it.each([
    ['429 with seconds', 429, '30', 30],
    ['503 with seconds', 503, '45', 45],
    ['429 with a date', 429, new Date(T0 + 40 * SECOND).toUTCString(), 40],
    ['503 with a day', 503, '86400', 900],
  ])(
    '[F38] is used at once when the first answers %s, and the first is left alone until then',
    async (_, status, header, wait) => {
      const incident = await paged(contacts, 'slack', 'sms');
      const [first] = on.world.sent.filter(({ queue }) => queue === 'Delivery').map(({ body }) => body);
      on.vendors.slack.next({ status, headers: { 'retry-after': header }, body: {} });
      on.sns.on(PublishCommand).rejects(new Error('down'));
      const asked = on.vendors.slack.asked.length;
      expect(await on.deliverSent()).toBe(1);
      expect(on.waiting()).toEqual(['sms in 60 s', 'sms in 0 s']);
      const again = () => on.deliverThese([first ?? {}]);
      on.world.setClock(T0 + wait * SECOND - 1);
      expect(await again()).toBe(1);
      expect(on.vendors.slack.asked).toHaveLength(asked + 1);
      on.world.setClock(T0 + wait * SECOND);
      expect(await again()).toBe(0);
      expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent']);
    },
  );
  it.each([
    ['breaks the connection', 'break' as const],
    ['is at fault', { status: 500, body: {} }],
  ])('is tried a minute later when the first %s, and it is not known whether it took it', async (_, told) => {
    const incident = await paged(contacts, 'slack', 'sms');
    on.vendors.slack.next(told);
    expect(await on.deliverSent()).toBe(1);
    expect(on.waiting()).toEqual(['sms in 60 s']);
    expect(await on.minuteLater()).toBe(0);
    expect(on.texts()).toHaveLength(1);
    expect(on.waiting()).toEqual(['email in 60 s']);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack failed', 'ann 1 sms sent']);
  });
  it('is tried a minute later when whoever took the first one has died', async () => {
    const incident = await paged(contacts, 'slack', 'sms');
    await on.minuteLater();
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack planned', 'ann 1 sms sent']);
    expect(await on.deliverSent()).toBe(0);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent', 'ann 1 sms sent']);
  });
  it('makes a retry of the first one needless once it has the page', async () => {
    const incident = await paged(contacts, 'slack', 'sms');
    const [first] = on.world.sent.filter(({ queue }) => queue === 'Delivery').map(({ body }) => body);
    on.vendors.slack.next({ status: 500, body: {} });
    await on.deliverSent();
    await on.minuteLater();
    expect(await on.deliverThese([first ?? {}])).toBe(0);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack dropped', 'ann 1 sms sent']);
  });
  it('[M10] does not tell what somebody acknowledged meanwhile', async () => {
    const incident = await paged(contacts, 'slack', 'sms');
    on.vendors.slack.next({ status: 500, body: {} });
    await on.deliverSent();
    await on.aws.command(incident.org, incident.id, { do: 'acknowledge' }, { actor: ann, now: T0 });
    expect(await on.minuteLater()).toBe(0);
    expect(on.texts()).toEqual([]);
  });
  it('[M8] after the last refusal of all channels of all people of a level there is the next level, not before', async () => {
    const incident = await paged(contacts);
    on.providers.mail.on(SendEmailCommand).rejects(
      Object.assign(new Error('Email address is not verified.'), {
        name: 'MessageRejected',
        $fault: 'client',
      }),
    );
    await on.deliverSent();
    expect(await on.headOf(incident)).toMatchObject({ next: { dueAt: T0 + 300 * SECOND } });
    await on.deliverSent();
    expect(await on.headOf(incident)).toMatchObject({ next: { dueAt: T0 + 300 * SECOND } });
    await on.deliverSent();
    expect(await on.headOf(incident)).toMatchObject({ next: { step: 2, dueAt: T0 } });
    expect(await on.pagesOf(incident)).toEqual([
      'ann 1 email refused',
      'ann 1 slack refused',
      'ann 1 sms refused',
    ]);
  });
});
