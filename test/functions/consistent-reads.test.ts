import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { log } from '../../functions/edge/log.ts';
import { idOf, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import {
  call,
  type FunctionWorld,
  memberOf,
  queueEvent,
  type SentMessage,
  startWorld,
} from '../support/function-world.ts';
import { T0 } from '../support/given.ts';
import { lambdaContext } from '../support/http-event.ts';

/** A read of the table: how far it may lag behind, and of which index. */
interface Read {
  readonly operation: string;
  readonly isConsistent: boolean;
  readonly index: string | undefined;
}

let world: FunctionWorld;
let scene: typeof import('./on-call/scene.ts');
let providers: ReturnType<typeof import('./on-call/scene.ts').startProviders>;
let reads: Read[] = [];
/** Whether the indexes answer as they were before this test began. */
let lags = false;
let now = T0;

beforeAll(async () => {
  world = await startWorld();
  scene = await import('./on-call/scene.ts');
  providers = scene.startProviders();
  vi.spyOn(log, 'info').mockReturnValue(undefined);
  const { client } = await import('../../functions/aws/dynamodb/client.ts');
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const read = readOf(commandName, args.input as Asked);
        if (read) reads.push(read);
        const answer = await next(args);
        if (lags && read?.index !== undefined) Object.assign(answer.output, { Items: [], Count: 0 });
        return answer;
      },
    { step: 'initialize', name: 'reads' },
  );
});
afterAll(async () => {
  providers.stop();
  await world.stop();
});

interface Asked {
  readonly ConsistentRead?: boolean;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, { readonly ConsistentRead?: boolean }>>;
}

function readOf(command: string, { ConsistentRead, IndexName, RequestItems }: Asked): Read | undefined {
  const operation = /^(Get|Query|Scan|BatchGet)/.exec(command)?.[0];
  if (operation === undefined) return undefined;
  const parts = Object.values(RequestItems ?? {});
  const isConsistent =
    parts.length > 0 ? parts.every((part) => part.ConsistentRead === true) : ConsistentRead === true;
  return { operation, isConsistent, index: IndexName };
}

/** Time goes on by so many seconds. */
function pass(seconds: number): void {
  now += seconds * SECOND;
  world.setClock(now);
}

async function detect(messages: readonly object[]): Promise<void> {
  const { handler } = await import('../../functions/detection/detect.queue.ts');
  const { batchItemFailures } = await handler(queueEvent('Alerts', messages), lambdaContext);
  expect(batchItemFailures).toEqual([]);
}

function alertOf(org: OrganisationId, state: 'firing' | 'resolved') {
  const signal = { fingerprint: 'f1', state, at: now, title: 'Down', severity: 'P1_CRITICAL', service: 'a' };
  return {
    ...{
      kind: 'signals',
      org,
      integration: idOf('integration', T0),
      source: 'generic',
      receipt: randomUUID(),
    },
    ...{ receivedAt: now, signals: [{ ...signal, labels: {}, links: [], flags: [] }] },
  };
}

/** What was sent to a queue since the last time. */
function taken(queue: string): readonly SentMessage['body'][] {
  const found = world.sent.filter((message) => message.queue === queue).map(({ body }) => body);
  world.sent.splice(0, world.sent.length, ...world.sent.filter((message) => message.queue !== queue));
  return found;
}

describe('[C5] every decision reads what is, not what was', () => {
  it('from the alert by the page and the answer to the end: no read that may lag, and no index', async () => {
    const org = await scene.organisation('consistent');
    const { handler: escalate } = await import('../../functions/on-call/escalate.queue.ts');
    const { handler: deliver } = await import('../../functions/on-call/deliver.queue.ts');
    const { handler: onCall } = await import('../../functions/on-call/routes.ts');
    const { handler: incidents } = await import('../../functions/incidents/routes.ts');
    const { handler: configuration } = await import('../../functions/configuration/routes.ts');
    reads = [];
    pass(1);
    await detect([alertOf(org, 'firing')]);
    await escalate(queueEvent('Escalation', taken('Escalation')));
    await deliver(queueEvent('Delivery', taken('Delivery')));
    const [link = ''] = /\/respond\/[^\s"]+/.exec(providers.inbox.at(-1)?.text ?? '') ?? [];
    expect((await call(onCall, { method: 'POST', path: link })).text).toContain('cknowledged');
    const { body } = await call(incidents, { path: '/api/incidents', query: { state: 'open' }, ...as(org) });
    const path = `/api/incidents/${body.items[0].id}`;
    await call(incidents, { method: 'POST', path: `${path}/notes`, body: { text: 'x' }, ...as(org) });
    pass(60);
    await detect([alertOf(org, 'resolved')]);
    pass(30);
    await detect(taken('Alerts').filter(({ kind }) => kind === 'settle'));
    await call(incidents, { method: 'PATCH', path, body: { state: 'triggered' }, ...as(org) });
    await call(incidents, { method: 'PATCH', path, body: { state: 'resolved' }, ...as(org) });
    await call(configuration, { method: 'PUT', path: '/api/config', body: {}, ...as(org, '"1"') });
    expect(new Set(reads.map(({ operation }) => operation))).toEqual(new Set(['Get', 'BatchGet', 'Query']));
    expect(reads.filter(({ isConsistent, index }) => !isConsistent || index !== undefined)).toEqual([]);
    expect(reads.length).toBeGreaterThan(25);
  });
});

const as = (org: OrganisationId, version?: string) => ({
  authorizer: memberOf(org, 'manager'),
  headers: { 'content-type': 'application/json', ...(version && { 'if-match': version }) },
});

describe('[F26] an index that lags', () => {
  it('hides nothing of what is open, and pages nobody less: what was just declared is listed and found by its id', async () => {
    const org = await scene.organisation('lagging');
    const { handler } = await import('../../functions/incidents/routes.ts');
    world.forget();
    lags = true;
    const request = { method: 'POST', path: '/api/incidents', ...as(org) };
    const { body } = await call(handler, { ...request, body: { title: 'New', severity: 'P1_CRITICAL' } });
    for (const query of [{}, { state: 'open' }, { order: 'urgency', state: 'open' }] as const) {
      const listed = await call(handler, { path: '/api/incidents', query, ...as(org) });
      expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([body.id]);
    }
    expect((await call(handler, { path: `/api/incidents/${body.id}`, ...as(org) })).status).toBe(200);
    expect(taken('Escalation')).toHaveLength(1);
    lags = false;
  });

  it('and lists as open what was resolved meanwhile shows it as it is now', async () => {
    const org = await scene.organisation('stale');
    const { handler } = await import('../../functions/incidents/routes.ts');
    const incident = await scene.open(org);
    const { table } = await import('../../functions/aws/table.ts');
    const stale = await table.get({ pk: `O#${org}#I#${incident.id}`, sk: 'HEAD' });
    await call(handler, {
      method: 'PATCH',
      path: `/api/incidents/${incident.id}`,
      body: { state: 'resolved' },
      ...as(org),
    });
    const before = table.query;
    const old = vi
      .spyOn(table, 'query')
      .mockImplementation(async (wanted) =>
        wanted.index === 'gsi1' ? ({ items: [stale] } as never) : before(wanted),
      );
    const { body } = await call(handler, { path: '/api/incidents', ...as(org) });
    expect(body.items.map(({ id, state }: Record<string, string>) => [id, state])).toEqual([
      [incident.id, 'resolved'],
    ]);
    old.mockRestore();
  });
});
