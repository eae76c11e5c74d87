import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../functions/edge/log.ts';
import { idOf, MINUTE, type OrganisationId } from '../../shared/kernel/index.ts';
import { env } from '../../shared/wiring/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../support/function-world.ts';
import { lambdaContext } from '../support/http-event.ts';
import { restore, type StoredVersion, storedVersion } from '../support/stored-version.ts';

const before = storedVersion('0.1.0');
let world: FunctionWorld;
let org: OrganisationId = before.organisation;
let providers: ReturnType<typeof import('./on-call/scene.ts').startProviders>;
let handlers: Awaited<ReturnType<typeof load>>;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  for (const [name, variable] of Object.entries(env)) process.env[variable] ??= `https://${name}.example.com`;
  providers = (await import('./on-call/scene.ts')).startProviders();
  handlers = await load();
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockReturnValue(undefined);
});
afterAll(async () => {
  providers.stop();
  await world.stop();
});
beforeEach(() => {
  org = idOf('organisation', before.now, `version ${count++}`);
  world.setClock(before.now);
  world.forget();
  providers.inbox.splice(0);
});

const load = async () => ({
  incidents: (await import('../../functions/incidents/routes.ts')).handler,
  onCall: (await import('../../functions/on-call/routes.ts')).handler,
  configuration: (await import('../../functions/configuration/routes.ts')).handler,
  identity: (await import('../../functions/identity/routes.ts')).handler,
  alerts: (await import('../../functions/alerts/routes.ts')).handler,
  detect: (await import('../../functions/detection/detect.queue.ts')).handler,
  escalate: (await import('../../functions/on-call/escalate.queue.ts')).handler,
  deliver: (await import('../../functions/on-call/deliver.queue.ts')).handler,
});

/** What was stored before, changed as a newer version might have it. */
const changed = (change: (item: StoredVersion['items'][number]) => object): StoredVersion => ({
  ...before,
  items: before.items.map((item) => ({ ...item, ...change(item) })),
});

const get = async (handler: Parameters<typeof call>[0], path: string) => {
  const answer = await call(handler, { path, authorizer: memberOf(org, 'administrator') });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
  return answer.body;
};
const incidents = async () =>
  (await get(handlers.incidents, '/api/incidents')).items as {
    id: string;
    title: string;
    state: string;
    severity: string;
    step?: number;
  }[];

/** Everything that a person may look at. */
async function lookAtAll() {
  const all = await incidents();
  for (const { id } of all) {
    for (const part of ['', '/facts', '/alerts'])
      await get(handlers.incidents, `/api/incidents/${id}${part}`);
    await get(handlers.onCall, `/api/incidents/${id}/pages`);
  }
  for (const path of ['/api/members', '/api/keys', '/api/me']) await get(handlers.identity, path);
  await get(handlers.configuration, '/api/config');
  await get(handlers.alerts, '/api/integrations');
  return all;
}

async function receives(message: StoredVersion['messages'][number]): Promise<number> {
  const queue = { escalate: 'Escalation', deliver: 'Delivery' }[message.kind] ?? 'Alerts';
  const event = queueEvent(queue, [message]);
  const handler = { Escalation: handlers.escalate, Delivery: handlers.deliver }[queue];
  const answer = handler ? await handler(event) : await handlers.detect(event, lambdaContext);
  return answer.batchItemFailures.length;
}

/** The step that stands next is taken when it is due, and its page goes out. */
async function goesOn({ messages }: StoredVersion): Promise<void> {
  world.setClock(before.now + 10 * MINUTE);
  const found = messages.find(({ kind }) => kind === 'escalate');
  if (!found) throw new Error('No message of a step');
  expect(await receives(found)).toBe(0);
  const deliveries = world.sent.filter(({ queue }) => queue === 'Delivery');
  expect(deliveries.length).toBeGreaterThan(0);
  for (const { body } of deliveries) expect(await receives(body as typeof found)).toBe(0);
  expect(providers.inbox).toHaveLength(deliveries.length);
}

describe('[F30] [C15] what the version before stored', () => {
  it('is listed, read and counted as it was', async () => {
    await restore(before, org);
    const all = await lookAtAll();
    const states = Object.fromEntries(all.map(({ title, state }) => [title, state]));
    expect(states).toEqual({
      HighLatency: 'triggered',
      'payments is down': 'acknowledged',
      'search is down': 'triggered',
      'mail is down': 'resolved',
      'billing is down': 'resolved',
      'docs is down': 'triggered',
      'db-3 lags': 'triggered',
    });
  });

  it('is escalated and paged further', async () => {
    await goesOn(await restore(before, org));
  });

  it('and its messages are understood, each of their kinds', async () => {
    const { messages } = await restore(before, org);
    expect(new Set(messages.map(({ kind }) => kind))).toEqual(
      new Set(['signals', 'settle', 'count', 'escalate', 'deliver']),
    );
    world.setClock(before.now + 10 * MINUTE);
    for (const message of messages)
      expect([message.kind, await receives(message)]).toEqual([message.kind, 0]);
  });
});

describe('[F30] [C15] what a newer version stored', () => {
  const lookEverywhere = async (stored: StoredVersion) => {
    const moved = await restore(stored, org);
    expect((await lookAtAll()).length).toBe(7);
    await goesOn(moved);
  };

  it('with attributes that nobody here knows is read as far as it is known', async () => {
    await lookEverywhere(changed(() => ({ colour: 'blue', nested: { of: ['a', 'newer', 1] } })));
  });

  it('with facts of a type that nobody here knows: the log shows them under their own names, in their places', async () => {
    const isNoted = (item: object) =>
      'type' in item && ['incident.noted', 'alerts.changed'].includes(String(item.type));
    await lookEverywhere(
      changed((item) => (isNoted(item) ? { type: 'incident.teleported', data: { to: 1 } } : {})),
    );
    const [first] = await incidents();
    const { items } = await get(handlers.incidents, `/api/incidents/${first?.id}/facts`);
    expect(items.map(({ type }: { type: string }) => type)).toContain('incident.teleported');
  });

  it('with a fact whose data is none or a list', async () => {
    const isNoted = (item: object) => 'type' in item && item.type === 'incident.noted';
    await lookEverywhere(
      changed((item) => (isNoted(item) ? { type: 'incident.teleported', data: null } : {})),
    );
  });

  it('with a severity that nobody here knows: it is shown, and pages as the most urgent', async () => {
    await lookEverywhere(changed((item) => ('severity' in item ? { severity: 'P0_CATASTROPHIC' } : {})));
  });

  it('with a state that nobody here knows: it is shown as what needs somebody', async () => {
    await lookEverywhere(changed((item) => ('acknowledgedBy' in item ? { state: 'snoozed' } : {})));
    const payments = (await incidents()).find(({ title }) => title === 'payments is down');
    expect(payments?.state).toBe('triggered');
  });

  it('with a message of more than is known: what is known is done', async () => {
    const { messages } = await restore(before, org);
    world.setClock(before.now + 10 * MINUTE);
    for (const message of messages)
      for (const more of [{ colour: 'blue' }, { cause: ['of', 'another', 'form'] }])
        expect([message.kind, await receives({ ...message, ...more })]).toEqual([message.kind, 0]);
  });
});

describe('[F30] a message of a channel that nobody here knows', () => {
  it('stays in its queue for the version that knows it', async () => {
    const { messages } = await restore(before, org);
    const known = messages.find(({ kind }) => kind === 'deliver');
    expect(await receives({ kind: 'deliver', ...known, channel: 'pigeon' })).toBe(1);
  });
});

describe('[F30] a message of a kind that nobody here knows', () => {
  it.each([
    ['Alerts', 'signals'],
    ['Escalation', 'escalate'],
    ['Delivery', 'deliver'],
  ])(
    'stays in the queue %s for the version that knows it, and keeps no other from being done',
    async (queue, kind) => {
      const { messages } = await restore(before, org);
      world.setClock(before.now + 10 * MINUTE);
      const known = messages.find((message) => message.kind === kind);
      const event = queueEvent(queue, [{ kind: 'teleport', org }, known]);
      const handler = { Escalation: handlers.escalate, Delivery: handlers.deliver }[queue];
      const { batchItemFailures } = handler
        ? await handler(event)
        : await handlers.detect(event, lambdaContext);
      expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    },
  );
});
