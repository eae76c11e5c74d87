import { PublishCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, idOf, type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import { call, memberOf } from '../../support/function-world.ts';
import { ann, T0 } from '../../support/given.ts';
import { startChannels } from './channel-scene.ts';

let on: Awaited<ReturnType<typeof startChannels>>;
beforeAll(async () => {
  on = await startChannels('tests');
});
afterAll(() => on.stop());
beforeEach(() => on.begin());

const own = '/api/on-call/test-notification';

/** An organisation where whoever asks is Ann, with these contacts. */
const asAnn = (contacts: object, ...channels: readonly ('slack' | 'sms' | 'webhook')[]) =>
  on.organisation(contacts, channels, { policies: [], id: idOf('person', T0, 'ann') });
const test = (org: OrganisationId, channel: string) => on.ask(org, 'POST', own, { channel });
const stateOf = async (org: OrganisationId, channel: string) => {
  const { body } = await on.ask(org, 'GET', own);
  return body.items.find((one: { channel: string }) => one.channel === channel)?.test;
};

describe('[F42] [C14] POST /api/on-call/test-notification', () => {
  it('sends a test by the way of a page, which says that it is one, and tells what became of it', async () => {
    const org = await asAnn({ slack: 'UANN', webhook: on.vendors.webhook.address }, 'slack', 'webhook');
    for (const channel of ['slack', 'email', 'webhook'])
      expect(await test(org, channel)).toMatchObject({ status: 202 });
    expect(await stateOf(org, 'slack')).toMatchObject({ state: 'planned' });
    expect(await on.deliverSent()).toBe(0);
    expect(on.vendors.slack.messages.at(-1)?.text).toContain('Test notification: nothing is wrong');
    expect(on.providers.inbox).toMatchObject([{ subject: expect.stringContaining('Test notification') }]);
    expect(on.vendors.webhook.events().at(-1)).toMatchObject({
      type: 'test',
      incident: { id: expect.stringMatching(/^tst_/) },
    });
    expect(await stateOf(org, 'slack')).toMatchObject({ state: 'sent', at: new Date(T0).toISOString() });
    expect(await stateOf(org, 'email')).toMatchObject({ state: 'sent' });
  });
  it('tells why a test was refused, and does not go on for ever with one that fails', async () => {
    const org = await asAnn({ slack: 'UELSE' }, 'slack');
    await test(org, 'slack');
    expect(await on.deliverSent()).toBe(0);
    expect(await stateOf(org, 'slack')).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('channel_not_found'),
    });
    on.vendors.slack.next(...Array.from({ length: 3 }, () => ({ status: 500, body: {} })));
    await test(org, 'slack');
    const [message = {}] = on.takeSent();
    for (const again of [1, 1, 0]) {
      expect(await on.deliverThese([message])).toBe(again);
      on.world.setClock(T0 + 10 * SECOND);
    }
    expect(await stateOf(org, 'slack')).toMatchObject({ state: 'failed' });
  });
  it('is dropped when whoever asked is not among the people any more', async () => {
    const org = await asAnn({});
    const person = idOf('person', T0, 'ann');
    await test(org, 'email');
    const { loadConfiguration, replaceConfiguration } = await import(
      '../../../functions/aws/configuration.ts'
    );
    const { version, body } = await loadConfiguration(org, () => undefined);
    const by = { actor: ann, at: T0 };
    await replaceConfiguration(org, version, { ...body, people: [], policies: [] }, by);
    expect(await on.deliverSent()).toBe(0);
    const { loadTestPage } = await import('../../../functions/on-call/test-pages.ts');
    expect((await loadTestPage({ org, person }, 'email'))?.delivery).toMatchObject({
      state: 'dropped',
      why: 'unreachable',
    });
    expect(on.providers.inbox).toEqual([]);
  });
  it('is limited to five in an hour, by however many requests at once', async () => {
    const org = await asAnn({});
    const answers = await Promise.all(Array.from({ length: 12 }, () => test(org, 'email')));
    for (const { status } of answers) expect([202, 409, 429]).toContain(status);
    for (let i = 0; i < 6; i++) await test(org, 'email');
    expect(await test(org, 'email')).toMatchObject({ status: 429, body: { error: { code: 'limit' } } });
    await on.deliverSent();
    expect(on.providers.inbox.length).toBeLessThanOrEqual(5);
    on.world.setClock(T0 + HOUR);
    expect(await test(org, 'email')).toMatchObject({ status: 202, body: { left: 4 } });
  });
  it('sends a number that was never confirmed a code alone, and refuses it until the code was given', async () => {
    const org = await asAnn({ sms: '+41791234567' }, 'sms');
    expect(await test(org, 'sms')).toMatchObject({ status: 202 });
    await on.deliverSent();
    expect(await test(org, 'sms')).toMatchObject({
      status: 412,
      body: { error: { message: expect.stringContaining('never confirmed') } },
    });
    const [text] = on.texts();
    const code = /the code (\d{6})/.exec(text?.Message ?? '')?.[1] ?? '';
    const give = (given: string) => on.ask(org, 'POST', `${own}/confirm`, { code: given });
    expect(await give(code === '000000' ? '000001' : '000000')).toMatchObject({ status: 400 });
    expect((await give(code)).body.items).toContainEqual(
      expect.objectContaining({ channel: 'sms', confirmed: true }),
    );
    expect(await test(org, 'sms')).toMatchObject({ status: 202 });
    await on.deliverSent();
    expect(on.texts().at(-1)?.Message).toContain('nothing is wrong');
    expect(on.sns.commandCalls(PublishCommand)).toHaveLength(2);
  });
  it('refuses channels without an address or settings, and who has none', async () => {
    const org = await asAnn({ slack: 'UANN' });
    expect(await test(org, 'teams')).toMatchObject({
      status: 412,
      body: { error: { param: 'body.channel' } },
    });
    expect((await test(org, 'slack')).body.error.message).toContain('Nobody has set up this channel');
    const without = await on.organisation({}, []);
    expect((await test(without, 'email')).body.error.message).toContain('not among the people');
    const viewer = {
      method: 'POST',
      path: own,
      authorizer: memberOf(org, 'viewer'),
      body: { channel: 'email' },
    };
    expect((await call(on.routes, viewer)).status).toBe(403);
    expect(on.takeSent()).toEqual([]);
  });
  it('[F21] is sent once, however often its message comes', async () => {
    const org = await asAnn({});
    await test(org, 'email');
    const [message = {}] = on.takeSent();
    await on.deliverThese([message, message]);
    await on.deliverThese([message]);
    expect(on.providers.inbox).toHaveLength(1);
  });
});
