import { SendEmailCommand } from '@aws-sdk/client-ses';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Incident, LoggedFact } from '../../../shared/incidents/index.ts';
import { type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import type { PageView } from '../../../shared/on-call/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann, T0 } from '../../support/given.ts';
import { startReceiver } from '../../support/vendors/receiver.ts';
import { startSlack } from '../../support/vendors/slack.ts';
import { startWorkflow } from '../../support/vendors/workflow.ts';

let world: FunctionWorld;
let deliver: typeof import('../../../functions/on-call/deliver.queue.ts').handler;
let escalate: typeof import('../../../functions/on-call/escalate.queue.ts').handler;
let routes: Parameters<typeof call>[0];
let aws: typeof import('../../../functions/aws/incident-log.ts');
let log: typeof import('../../../functions/edge/log.ts').log;
let scene: typeof import('./scene.ts');
let providers: ReturnType<typeof import('./scene.ts').startProviders>;
let vendors: {
  slack: Awaited<ReturnType<typeof startSlack>>;
  teams: Awaited<ReturnType<typeof startWorkflow>>;
  webhook: Awaited<ReturnType<typeof startReceiver>>;
};
const sns = mockClient(SNSClient);
const ssm = mockClient(SSMClient);
const kept = new Map<string, string>();
let count = 0;

beforeAll(async () => {
  const [slack, teams, webhook] = await Promise.all([startSlack('UANN'), startWorkflow(), startReceiver()]);
  vendors = { slack, teams, webhook };
  process.env[env.allowedEndpoints] = [slack, teams, webhook].map(({ origin }) => origin).join(' ');
  process.env[env.channelParameters] = '/incident-management/Test/channels';
  world = await startWorld();
  scene = await import('./scene.ts');
  providers = scene.startProviders();
  ssm.on(PutParameterCommand).callsFake(({ Name, Value }) => void kept.set(Name, Value));
  ssm.on(GetParameterCommand).callsFake(({ Name }) => ({ Parameter: { Value: kept.get(Name) } }));
  ssm.on(DeleteParameterCommand).callsFake(({ Name }) => void kept.delete(Name));
  deliver = world.as('Deliver', (await import('../../../functions/on-call/deliver.queue.ts')).handler);
  escalate = world.as('Escalate', (await import('../../../functions/on-call/escalate.queue.ts')).handler);
  routes = world.as('OnCall', (await import('../../../functions/on-call/routes.ts')).handler);
  aws = await import('../../../functions/aws/incident-log.ts');
  ({ log } = await import('../../../functions/edge/log.ts'));
});
afterAll(async () => {
  providers.stop();
  sns.restore();
  ssm.restore();
  await Promise.all(Object.values(vendors).map((vendor) => vendor.stop()));
  await world.stop();
});
beforeEach(() => {
  world.setClock(T0);
  world.forget();
  providers.inbox.length = 0;
  providers.mail.reset();
  providers.works();
  sns.reset();
  sns.on(PublishCommand).resolves({ MessageId: 'sns-1' });
  vi.restoreAllMocks();
  vi.spyOn(log, 'error').mockImplementation(() => undefined);
  vi.spyOn(log, 'info').mockImplementation(() => undefined);
});

const bob = { id: 'bob', name: 'Bob', email: 'bob@example.com' };
const levels = [{ targets: ['ann'] }, { targets: ['bob'] }];
const policies = [{ id: 'default', name: 'Default', levels }];

/** An incident of an organisation where Ann has these contacts, whose first step was taken. */
async function paged(
  contacts: object,
  ...settings: readonly ('slack' | 'sms' | 'webhook')[]
): Promise<Incident> {
  const people = [{ id: 'ann', name: 'Ann', email: 'ann@example.com', ...contacts }, bob];
  const org = await scene.organisation(`channels ${count++}`, policies, [], people);
  for (const channel of settings) await setUp(org, channel);
  const incident = await scene.open(org);
  await step(incident);
  return incident;
}

const ask = (org: OrganisationId, method: string, path: string, body?: object) =>
  call(routes, { method, path, authorizer: memberOf(org, 'administrator'), ...(body && { body }) });

async function setUp(org: OrganisationId, channel: 'slack' | 'sms' | 'webhook') {
  const settings = channel === 'slack' ? vendors.slack.settings : {};
  const set = await ask(org, 'PUT', `/api/on-call/channels/${channel}`, settings);
  expect(set).toMatchObject({ status: 200, body: { channel } });
  if (channel === 'webhook') vendors.webhook.trust(set.body.secret);
  return set;
}

async function step({ org, id }: Incident): Promise<void> {
  const incident = await aws.loadIncident(org, id);
  if (incident?.state !== 'triggered' || !incident.next) throw new Error('No step is next');
  const { generation, next } = incident;
  await escalate(queueEvent('Escalation', [{ kind: 'escalate', org, incident: id, generation, ...next }]));
}

/** Delivers what was sent to the delivery queue, with or without what is delayed; gives how many come again. */
async function deliverSent(delayed = false): Promise<number> {
  const messages = world.sent.filter(
    ({ queue, delaySeconds }) => queue === 'Delivery' && delaySeconds > 0 === delayed,
  );
  for (const message of messages) world.sent.splice(world.sent.indexOf(message), 1);
  const event = queueEvent(
    'Delivery',
    messages.map(({ body }) => body),
  );
  return (await deliver(event)).batchItemFailures.length;
}
const minuteLater = () => {
  world.setClock(T0 + 60 * SECOND);
  return deliverSent(true);
};
const waiting = () =>
  world.sent
    .filter(({ queue }) => queue === 'Delivery')
    .map(({ body, delaySeconds }) => `${String(body.channel)} in ${delaySeconds} s`);
const pagesOf = async ({ org, id }: Incident): Promise<readonly string[]> =>
  ((await ask(org, 'GET', `/api/incidents/${id}/pages`)).body.items as PageView[])
    .map(({ person, channel, state }) => `${person} ${channel} ${state}`)
    .sort();
const factsOf = async ({ org, id }: Incident): Promise<readonly LoggedFact[]> =>
  (await aws.readFacts(org, id, { limit: 50, now: T0 })).facts;
const headOf = ({ org, id }: Incident) => aws.loadIncident(org, id);
const texts = () => sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input);

describe('a page goes by the channel that a person chose first', () => {
  it('to Slack, as the bot, with the link of the person', async () => {
    const incident = await paged({ slack: 'UANN', channels: ['slack', 'email'] }, 'slack');
    expect(await deliverSent()).toBe(0);
    expect(vendors.slack.messages.at(-1)).toMatchObject({ channel: 'UANN' });
    expect(await pagesOf(incident)).toEqual(['ann slack sent']);
    expect(providers.inbox).toEqual([]);
  });
  it('to Microsoft Teams, as a card', async () => {
    const incident = await paged({ teams: vendors.teams.address, channels: ['teams'] });
    expect(await deliverSent()).toBe(0);
    expect(vendors.teams.cards.at(-1)?.body[0]?.inlines[0]?.text).toContain('Checkout p99 high');
    expect(await pagesOf(incident)).toEqual(['ann teams sent']);
  });
  it('as a text message', async () => {
    const incident = await paged({ sms: '+41791234567', channels: ['sms', 'email'] }, 'sms');
    expect(await deliverSent()).toBe(0);
    expect(texts()).toMatchObject([
      { PhoneNumber: '+41791234567', Message: expect.stringMatching(/^\[P1\] .*\nAcknowledge: https:/) },
    ]);
    expect(await pagesOf(incident)).toEqual(['ann sms sent']);
  });
  it('[C16] as a signed webhook, which a receiver knows again', async () => {
    const incident = await paged({ webhook: vendors.webhook.address, channels: ['webhook'] }, 'webhook');
    vendors.webhook.next('break');
    const messages = world.sent.filter(({ queue }) => queue === 'Delivery').map(({ body }) => body);
    expect(await deliverSent()).toBe(1);
    expect(await deliver(queueEvent('Delivery', messages))).toEqual({ batchItemFailures: [] });
    expect(vendors.webhook.events().at(-1)).toMatchObject({
      id: `${incident.id}.1.1.ann.webhook`,
      possiblyAgain: true,
      incident: { id: incident.id },
    });
    expect(vendors.webhook.events()).toHaveLength(1);
  });
});

describe('[C10] [F38] the next channel', () => {
  const contacts = { slack: 'UANN', sms: '+41791234567', channels: ['slack', 'sms', 'email'] };

  it('stands by for a minute, and is not used when the first one took it', async () => {
    const incident = await paged(contacts, 'slack', 'sms');
    expect(waiting()).toEqual(['slack in 0 s', 'sms in 60 s']);
    await deliverSent();
    expect(await minuteLater()).toBe(0);
    expect(waiting()).toEqual([]);
    expect(texts()).toEqual([]);
    expect(await pagesOf(incident)).toEqual(['ann slack sent']);
  });
  it('[M6] is tried at once when nobody has set the first one up, which is no success', async () => {
    const incident = await paged(contacts, 'sms');
    expect(await deliverSent()).toBe(1);
    expect(waiting()).toEqual(['sms in 60 s', 'sms in 0 s']);
    expect(await deliverSent()).toBe(0);
    expect(await pagesOf(incident)).toEqual(['ann slack refused', 'ann sms sent']);
    const refused = (await factsOf(incident)).find(({ type }) => type === 'page.refused');
    expect(refused?.data).toMatchObject({
      channel: 'slack',
      reason: expect.stringMatching(/^Nobody has set up/),
    });
    expect(await headOf(incident)).toMatchObject({ next: { step: 2, dueAt: T0 + 300 * SECOND } });
  });
  it.each([
    ['says ok:false', { status: 200, body: { ok: false, error: 'account_inactive' } }],
    ['has too many requests', { status: 429, headers: { 'retry-after': '30' }, body: {} }],
  ])('is tried at once when the first %s', async (_, told) => {
    const incident = await paged(contacts, 'slack', 'sms');
    vendors.slack.next(told);
    expect(await deliverSent()).toBe(1);
    await deliverSent();
    expect(texts()).toHaveLength(1);
    expect(await pagesOf(incident)).toContainEqual('ann sms sent');
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
      const [first] = world.sent.filter(({ queue }) => queue === 'Delivery').map(({ body }) => body);
      vendors.slack.next({ status, headers: { 'retry-after': header }, body: {} });
      sns.on(PublishCommand).rejects(new Error('down'));
      const asked = vendors.slack.asked.length;
      expect(await deliverSent()).toBe(1);
      expect(waiting()).toEqual(['sms in 60 s', 'sms in 0 s']);
      const again = () => deliver(queueEvent('Delivery', [first]));
      world.setClock(T0 + wait * SECOND - 1);
      expect((await again()).batchItemFailures).toHaveLength(1);
      expect(vendors.slack.asked).toHaveLength(asked + 1);
      world.setClock(T0 + wait * SECOND);
      expect((await again()).batchItemFailures).toEqual([]);
      expect(await pagesOf(incident)).toEqual(['ann slack sent']);
    },
  );
  it.each([
    ['breaks the connection', 'break' as const],
    ['is at fault', { status: 500, body: {} }],
  ])('is tried a minute later when the first %s, and it is not known whether it took it', async (_, told) => {
    const incident = await paged(contacts, 'slack', 'sms');
    vendors.slack.next(told);
    expect(await deliverSent()).toBe(1);
    expect(waiting()).toEqual(['sms in 60 s']);
    expect(await minuteLater()).toBe(0);
    expect(texts()).toHaveLength(1);
    expect(waiting()).toEqual(['email in 60 s']);
    expect(await pagesOf(incident)).toEqual(['ann slack failed', 'ann sms sent']);
  });
  it('is tried a minute later when whoever took the first one has died', async () => {
    const incident = await paged(contacts, 'slack', 'sms');
    await minuteLater();
    expect(await pagesOf(incident)).toEqual(['ann slack planned', 'ann sms sent']);
    expect(await deliverSent()).toBe(0);
    expect(await pagesOf(incident)).toEqual(['ann slack sent', 'ann sms sent']);
  });
  it('makes a retry of the first one needless once it has the page', async () => {
    const incident = await paged(contacts, 'slack', 'sms');
    const [first] = world.sent.filter(({ queue }) => queue === 'Delivery').map(({ body }) => body);
    vendors.slack.next({ status: 500, body: {} });
    await deliverSent();
    await minuteLater();
    expect(await deliver(queueEvent('Delivery', [first]))).toEqual({ batchItemFailures: [] });
    expect(await pagesOf(incident)).toEqual(['ann slack dropped', 'ann sms sent']);
  });
  it('[M10] does not tell what somebody acknowledged meanwhile', async () => {
    const incident = await paged(contacts, 'slack', 'sms');
    vendors.slack.next({ status: 500, body: {} });
    await deliverSent();
    await aws.command(incident.org, incident.id, { do: 'acknowledge' }, { actor: ann, now: T0 });
    expect(await minuteLater()).toBe(0);
    expect(texts()).toEqual([]);
  });
  it('[M8] after the last refusal of all channels of all people of a level there is the next level, not before', async () => {
    const incident = await paged(contacts);
    providers.mail.on(SendEmailCommand).rejects(
      Object.assign(new Error('Email address is not verified.'), {
        name: 'MessageRejected',
        $fault: 'client',
      }),
    );
    await deliverSent();
    expect(await headOf(incident)).toMatchObject({ next: { dueAt: T0 + 300 * SECOND } });
    await deliverSent();
    expect(await headOf(incident)).toMatchObject({ next: { dueAt: T0 + 300 * SECOND } });
    await deliverSent();
    expect(await headOf(incident)).toMatchObject({ next: { step: 2, dueAt: T0 } });
    expect(await pagesOf(incident)).toEqual(['ann email refused', 'ann slack refused', 'ann sms refused']);
  });
});
