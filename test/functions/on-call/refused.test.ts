import { SendEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { configurationSchema } from '../../../shared/configuration/index.ts';
import type { Incident, LoggedFact } from '../../../shared/incidents/index.ts';
import { type IncidentId, idOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import type { DeliverMessage } from '../../../shared/wiring/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann, minutes, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let deliver: typeof import('../../../functions/on-call/deliver.queue.ts').handler;
let escalate: typeof import('../../../functions/on-call/escalate.queue.ts').handler;
let routes: typeof import('../../../functions/on-call/routes.ts').handler;
let aws: typeof import('../../../functions/aws/incident-log.ts');
let log: typeof import('../../../functions/edge/log.ts').log;
let scene: typeof import('./scene.ts');
let providers: ReturnType<typeof import('./scene.ts').startProviders>;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  scene = await import('./scene.ts');
  providers = scene.startProviders();
  deliver = world.as('Deliver', (await import('../../../functions/on-call/deliver.queue.ts')).handler);
  escalate = world.as('Escalate', (await import('../../../functions/on-call/escalate.queue.ts')).handler);
  routes = (await import('../../../functions/on-call/routes.ts')).handler;
  aws = await import('../../../functions/aws/incident-log.ts');
  ({ log } = await import('../../../functions/edge/log.ts'));
});
afterAll(async () => {
  providers.stop();
  await world.stop();
});
beforeEach(() => {
  world.setClock(T0);
  world.forget();
  providers.inbox.length = 0;
  providers.mail.reset();
  providers.works();
  vi.restoreAllMocks();
  vi.spyOn(log, 'error').mockImplementation(() => undefined);
});

const levels = (...targets: readonly (readonly string[])[]) => [
  { id: 'default', name: 'Default', levels: targets.map((some) => ({ targets: some })) },
];

/** The provider as it is in the sandbox, for which these addresses are not verified. */
function sandbox(...unverified: readonly string[]): void {
  for (const address of unverified)
    providers.mail
      .on(SendEmailCommand, { Destination: { ToAddresses: [address] } })
      .rejects(
        Object.assign(
          new Error(`Email address is not verified. The following identities failed: ${address}`),
          { name: 'MessageRejected', $fault: 'client' },
        ),
      );
}

/** An incident whose first step was taken, and the messages that followed. */
async function paged(...targets: readonly (readonly string[])[]): Promise<Incident> {
  const org = await scene.organisation(`refused ${count++}`, levels(...targets));
  const incident = await scene.open(org);
  await step(incident);
  return incident;
}

/** Only these people are left, while the levels name whom they name: as a configuration of before may. */
async function reconfigure(
  org: OrganisationId,
  left: readonly string[],
  ...targets: readonly string[][]
): Promise<void> {
  const { replaceConfiguration } = await import('../../../functions/aws/configuration.ts');
  const people = left.map((id) => ({ id, name: id, email: `${id}@example.com` }));
  const round = targets.map((some) => ({ targets: some, delay: 300 }));
  const policies = [{ id: 'default', name: 'Default', levels: round, repeat: 0 }];
  const body = { ...configurationSchema.parse({ people }), policies };
  await replaceConfiguration(org, 1, body, { actor: ann, at: T0 });
}

/** Lets escalation take the next step, when one is due. */
async function step({ org, id }: Pick<Incident, 'org' | 'id'>): Promise<void> {
  const incident = await aws.loadIncident(org, id);
  if (incident?.state !== 'triggered' || !incident.next) throw new Error('No step is next');
  const { generation, next } = incident;
  await escalate(queueEvent('Escalation', [{ kind: 'escalate', org, incident: id, generation, ...next }]));
}

const sentTo = (queue: string) =>
  world.sent
    .filter((one) => one.queue === queue)
    .map(({ body, delaySeconds }) => ({ ...body, delaySeconds }));
/** Delivers what escalation sent; gives how many come again. */
async function deliverAll(): Promise<number> {
  const messages = sentTo('Delivery') as unknown as DeliverMessage[];
  world.forget();
  return (await deliver(queueEvent('Delivery', messages))).batchItemFailures.length;
}
const logOf = async ({ org, id }: Pick<Incident, 'org' | 'id'>): Promise<readonly LoggedFact[]> =>
  (await aws.readFacts(org, id, { after: 0, limit: 50, now: T0 })).facts;
const refusals = async (incident: Incident) =>
  (await logOf(incident)).filter(({ type }) => type === 'page.refused').map(({ data }) => data);
const headOf = (incident: Incident) => aws.loadIncident(incident.org, incident.id);
const receivers = () => providers.inbox.map(({ to }) => to);

describe('[F38] [M6] a page that Amazon SES refuses', () => {
  it('is recorded with its reason, once, and the next level is due at once and paged', async () => {
    sandbox('ann@example.com');
    const incident = await paged(['ann'], ['bob']);
    expect(await deliverAll()).toBe(1);
    expect(await refusals(incident)).toEqual([
      {
        generation: 1,
        step: 1,
        person: 'ann',
        channel: 'email',
        reason: expect.stringMatching(/^Amazon SES refused it, because an address is not verified: .*doctor/),
      },
    ]);
    expect(await headOf(incident)).toMatchObject({ step: 1, next: { step: 2, dueAt: T0 } });
    expect(sentTo('Escalation')).toMatchObject([{ step: 2, dueAt: T0, delaySeconds: 0 }]);
    await step(incident);
    expect(await deliverAll()).toBe(0);
    expect(receivers()).toEqual(['bob@example.com']);
  });

  it('is tried again beside it, without a second record, and arrives once it is accepted', async () => {
    sandbox('ann@example.com');
    const incident = await paged(['ann'], ['bob']);
    const messages = sentTo('Delivery');
    const again = async () => (await deliver(queueEvent('Delivery', messages))).batchItemFailures.length;
    expect([await again(), await again()]).toEqual([1, 1]);
    expect(await refusals(incident)).toHaveLength(1);
    expect(sentTo('Escalation')).toHaveLength(2);
    providers.mail.reset();
    providers.works();
    expect(await again()).toBe(0);
    expect(providers.inbox.map(({ to, subject }) => [to, subject.includes('possibly again')])).toEqual([
      ['ann@example.com', false],
    ]);
  });

  it('does not hurry anybody while somebody else of its level was told', async () => {
    sandbox('ann@example.com');
    const incident = await paged(['ann', 'bob'], ['bob']);
    expect(await deliverAll()).toBe(1);
    expect(receivers()).toEqual(['bob@example.com']);
    expect(await refusals(incident)).toHaveLength(1);
    expect(await headOf(incident)).toMatchObject({ next: { step: 2, dueAt: minutes(5) } });
    expect(sentTo('Escalation')).toEqual([]);
  });

  it('together with all others of its level brings the next forward once, whoever is the last', async () => {
    sandbox('ann@example.com', 'bob@example.com');
    const incident = await paged(['ann', 'bob'], ['ann']);
    expect(await deliverAll()).toBe(2);
    const told = (await logOf(incident)).filter(({ type }) => type === 'incident.brought-forward');
    expect(told.map(({ data }) => data)).toEqual([{ generation: 1, step: 1, next: { step: 2, dueAt: T0 } }]);
  });

  it('of the last level brings the administrators, and theirs is the end of it', async () => {
    sandbox('ann@example.com', 'root@example.com');
    const incident = await paged(['ann']);
    await deliverAll();
    await step(incident);
    expect(sentTo('Delivery')).toMatchObject([{ person: idOf('person', T0, 'root'), step: 2 }]);
    expect(await deliverAll()).toBe(1);
    expect(await refusals(incident)).toHaveLength(2);
    expect(log.error).toHaveBeenCalledWith('no page of the last resort was accepted', expect.anything());
    expect(await headOf(incident)).not.toHaveProperty('next');
    expect(sentTo('Escalation')).toEqual([]);
  });

  it('of the last level, past an empty level, then a refused one, brings the administrators next', async () => {
    sandbox('ann@example.com', 'root@example.com');
    const org = await scene.organisation(`refused ${count++}`);
    await reconfigure(org, ['ann'], ['gone'], ['ann']);
    const incident = await scene.open(org);
    await step(incident);
    expect(sentTo('Delivery')).toMatchObject([{ person: 'ann', step: 1 }]);
    expect(await deliverAll()).toBe(1);
    expect(await headOf(incident)).toMatchObject({ step: 1, next: { step: 3, dueAt: T0 } });
    await step(incident);
    expect(sentTo('Delivery')).toMatchObject([{ person: idOf('person', T0, 'root'), step: 3 }]);
    expect(await deliverAll()).toBe(1);
    expect(log.error).toHaveBeenCalledWith('no page of the last resort was accepted', expect.anything());
    expect(sentTo('Escalation')).toEqual([]);
  });

  it('hurries nobody any more when the incident was acknowledged in between', async () => {
    const incident = await paged(['ann'], ['bob']);
    const acknowledge = () =>
      aws.command(incident.org, incident.id, { do: 'acknowledge' }, { actor: ann, now: T0 });
    providers.mail.on(SendEmailCommand).callsFake(async () => {
      await acknowledge();
      throw Object.assign(new Error('no'), { name: 'MessageRejected', $fault: 'client' });
    });
    expect(await deliverAll()).toBe(1);
    expect(await headOf(incident)).toMatchObject({ state: 'acknowledged' });
    expect(sentTo('Escalation')).toEqual([]);
    expect(await refusals(incident)).toHaveLength(1);
  });

  it('for the day, because the quota is used up, is one too, although SES calls it a throttling', async () => {
    const incident = await paged(['ann'], ['bob']);
    const error = new Error('Daily message quota exceeded.');
    providers.mail
      .on(SendEmailCommand)
      .rejects(Object.assign(error, { name: 'Throttling', $fault: 'client' }));
    expect(await deliverAll()).toBe(1);
    expect(await refusals(incident)).toMatchObject([{ reason: expect.stringContaining('in a day') }]);
    expect(await headOf(incident)).toMatchObject({ next: { step: 2, dueAt: T0 } });
  });

  it('is told apart from a fault that may pass, which hurries nobody', async () => {
    const incident = await paged(['ann'], ['bob']);
    providers.mail
      .on(SendEmailCommand)
      .rejects(Object.assign(new Error('slow down'), { name: 'Throttling', $fault: 'client' }));
    expect(await deliverAll()).toBe(1);
    expect(await refusals(incident)).toEqual([]);
    expect(sentTo('Escalation')).toEqual([]);
  });
});

describe('[F38] a page for somebody who is gone by then', () => {
  it('brings the next step forward, without a refusal in the log', async () => {
    const incident = await paged(['ann'], ['bob']);
    await reconfigure(incident.org, ['bob'], ['ann'], ['bob']);
    expect(await deliverAll()).toBe(0);
    expect(await headOf(incident)).toMatchObject({ step: 1, next: { step: 2, dueAt: T0 } });
    expect(sentTo('Escalation')).toMatchObject([{ step: 2, dueAt: T0, delaySeconds: 0 }]);
    expect(await refusals(incident)).toEqual([]);
  });

  it('does so too when whoever found it died before the next step was told', async () => {
    const incident = await paged(['ann'], ['bob']);
    await reconfigure(incident.org, ['bob'], ['ann'], ['bob']);
    const { table } = await import('../../../functions/aws/table.ts');
    const { query } = table;
    const dies = vi.spyOn(table, 'query').mockImplementation((asked) => {
      if ('prefix' in asked && asked.prefix?.includes('1#1#')) throw new Error('died');
      return query(asked);
    });
    const messages = sentTo('Delivery');
    const again = async () => (await deliver(queueEvent('Delivery', messages))).batchItemFailures.length;
    expect(await again()).toBe(1);
    dies.mockRestore();
    expect(await headOf(incident)).toMatchObject({ next: { dueAt: minutes(5) } });
    expect(await again()).toBe(0);
    expect(await headOf(incident)).toMatchObject({ next: { step: 2, dueAt: T0 } });
  });
});

describe('GET /api/incidents/{id}/pages', () => {
  const pages = (org: OrganisationId, id: IncidentId) =>
    call(routes, { path: `/api/incidents/${id}/pages`, authorizer: memberOf(org, 'viewer') });

  it('tells who was told and what became of it', async () => {
    sandbox('ann@example.com');
    const incident = await paged(['ann', 'bob']);
    await deliverAll();
    const common = { generation: 1, step: 1, channel: 'email', attempts: 1, possiblyAgain: false };
    const at = new Date(T0).toISOString();
    const { status, body } = await pages(incident.org, incident.id);
    expect([status, body.items]).toEqual([
      200,
      [
        { ...common, person: 'ann', state: 'refused', at, reason: expect.stringContaining('not verified') },
        { ...common, person: 'bob', state: 'sent', at },
      ],
    ]);
  });

  it('[F56] finds nothing of another organisation', async () => {
    const incident = await paged(['ann']);
    const other = await scene.organisation(`refused ${count++}`);
    expect((await pages(other, incident.id)).status).toBe(404);
  });
});
