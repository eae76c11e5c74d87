import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { vi } from 'vitest';
import type { Incident, LoggedFact } from '../../../shared/incidents/index.ts';
import { type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import type { PageView } from '../../../shared/on-call/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { startReceiver } from '../../support/vendors/receiver.ts';
import { startSlack } from '../../support/vendors/slack.ts';
import { startWorkflow } from '../../support/vendors/workflow.ts';

type Channel = 'slack' | 'sms' | 'webhook';

interface Wanted {
  readonly policies?: readonly object[];
  /** Of Ann. */
  readonly id?: string;
}

const bob = { id: 'bob', name: 'Bob', email: 'bob@example.com' };
const levels = [{ targets: ['ann'] }, { targets: ['bob'] }];
const onceEach = [{ id: 'default', name: 'Default', levels }];

/** Strict vendors, which the deployment allows to be reached. */
async function startVendors() {
  const [slack, teams, webhook] = await Promise.all([startSlack('UANN'), startWorkflow(), startReceiver()]);
  process.env[env.allowedEndpoints] = [slack, teams, webhook].map(({ origin }) => origin).join(' ');
  process.env[env.channelParameters] = '/incident-management/Test/channels';
  return { slack, teams, webhook };
}

/** A Parameter Store in memory. */
function startParameters() {
  const ssm = mockClient(SSMClient);
  const kept = new Map<string, string>();
  ssm.on(PutParameterCommand).callsFake(({ Name, Value }) => void kept.set(Name, Value));
  ssm.on(GetParameterCommand).callsFake(({ Name }) => ({ Parameter: { Value: kept.get(Name) } }));
  ssm.on(DeleteParameterCommand).callsFake(({ Name }) => void kept.delete(Name));
  return ssm;
}

/** The functions that page, as the deployment lets them. */
async function functionsIn(world: FunctionWorld) {
  const deliver = await import('../../../functions/on-call/deliver.queue.ts');
  const escalate = await import('../../../functions/on-call/escalate.queue.ts');
  const routes = await import('../../../functions/on-call/routes.ts');
  return {
    deliver: world.as('Deliver', deliver.handler),
    escalate: world.as('Escalate', escalate.handler),
    routes: world.as('OnCall', routes.handler),
  };
}

/** Vendors as strict servers, and the functions that page by them: what a test of channels plays in. */
export async function startChannels(name: string) {
  const vendors = await startVendors();
  const { slack, webhook } = vendors;
  const world = await startWorld();
  const scene = await import('./scene.ts');
  const providers = scene.startProviders();
  const [sns, ssm] = [mockClient(SNSClient), startParameters()];
  const { deliver, escalate, routes } = await functionsIn(world);
  const aws = await import('../../../functions/aws/incident-log.ts');
  const { log } = await import('../../../functions/edge/log.ts');
  let count = 0;

  const ask = (
    org: OrganisationId,
    method: string,
    path: string,
    body?: object,
    query: Readonly<Record<string, string>> = {},
  ) =>
    call(routes, { method, path, query, authorizer: memberOf(org, 'administrator'), ...(body && { body }) });
  const setUp = async (org: OrganisationId, channel: Channel) => {
    const set = await ask(
      org,
      'PUT',
      `/api/on-call/channels/${channel}`,
      channel === 'slack' ? slack.settings : {},
    );
    if (set.status !== 200) throw new Error(`Not set up: ${JSON.stringify(set)}`);
    if (channel === 'webhook') webhook.trust(set.body.secret);
    return set;
  };
  /** Takes the step that is next. */
  const step = async ({ org, id }: Incident): Promise<void> => {
    const incident = await aws.loadIncident(org, id);
    if (incident?.state !== 'triggered' || !incident.next) throw new Error('No step is next');
    const { generation, next } = incident;
    await escalate(queueEvent('Escalation', [{ kind: 'escalate', org, incident: id, generation, ...next }]));
  };
  /** The bodies of what was sent to the delivery queue, with or without what is delayed; they are taken out of it. */
  const takeSent = (delayed = false) => {
    const messages = world.sent.filter(
      ({ queue, delaySeconds }) => queue === 'Delivery' && delaySeconds > 0 === delayed,
    );
    for (const message of messages) world.sent.splice(world.sent.indexOf(message), 1);
    return messages.map(({ body }) => body);
  };
  /** Delivers these; gives how many come again. */
  const deliverThese = async (bodies: readonly object[]): Promise<number> =>
    (await deliver(queueEvent('Delivery', bodies))).batchItemFailures.length;
  const deliverSent = (delayed = false): Promise<number> => deliverThese(takeSent(delayed));

  return {
    ...{ world, scene, providers, vendors, sns, aws, log, ask, setUp, step, routes },
    ...{ takeSent, deliverThese, deliverSent },
    /** As it is before each test. */
    begin(): void {
      world.setClock(T0);
      world.forget();
      providers.inbox.length = 0;
      providers.mail.reset();
      providers.works();
      sns.reset();
      sns.on(PublishCommand).resolves({ MessageId: 'sns-1' });
      vi.restoreAllMocks();
      for (const level of ['error', 'warn', 'info'] as const)
        vi.spyOn(log, level).mockImplementation(() => undefined);
    },
    async stop(): Promise<void> {
      providers.stop();
      sns.restore();
      ssm.restore();
      await Promise.all(Object.values(vendors).map((vendor) => vendor.stop()));
      await world.stop();
    },
    /** An organisation where Ann has these contacts, and these channels are set up. */
    async organisation(
      contacts: object,
      channels: readonly Channel[],
      { policies = onceEach, id = 'ann' }: Wanted = {},
    ) {
      const people = [{ id, name: 'Ann', email: 'ann@example.com', ...contacts }, bob];
      const org = await scene.organisation(`${name} ${count++}`, policies, [], people);
      for (const channel of channels) await setUp(org, channel);
      return org;
    },
    /** An incident there, whose first step was taken. */
    async paged(org: OrganisationId): Promise<Incident> {
      const incident = await scene.open(org);
      await step(incident);
      return incident;
    },
    minuteLater(): Promise<number> {
      world.setClock(T0 + 60 * SECOND);
      return deliverSent(true);
    },
    waiting: () =>
      world.sent
        .filter(({ queue }) => queue === 'Delivery')
        .map(({ body, delaySeconds }) => `${String(body.channel)} in ${delaySeconds} s`),
    async pagesOf({ org, id }: Incident): Promise<readonly string[]> {
      const { items } = (await ask(org, 'GET', `/api/incidents/${id}/pages`)).body;
      return (items as PageView[])
        .map(({ person, step: at, channel, state }) => `${person} ${at} ${channel} ${state}`)
        .sort();
    },
    factsOf: async ({ org, id }: Incident): Promise<readonly LoggedFact[]> =>
      (await aws.readFacts(org, id, { limit: 50, now: T0 })).facts,
    headOf: ({ org, id }: Incident) => aws.loadIncident(org, id),
    texts: () => sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input),
  };
}
