import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR, idOf, MINUTE, minuteOf, SECOND } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../../support/function-world.ts';
import { minutes, T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { fingerprint, post, signal } from '../../support/signals.ts';

let world: FunctionWorld;
let incidents: typeof import('../../../functions/incidents/routes.ts').handler;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
let sweep: typeof import('../../../functions/incidents/sweep.schedule.ts').handler;
let org = idOf('organisation', T0, '0');
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler: incidents } = await import('../../../functions/incidents/routes.ts'));
  ({ handler: detect } = await import('../../../functions/detection/detect.queue.ts'));
  ({ handler: sweep } = await import('../../../functions/incidents/sweep.schedule.ts'));
  const { log } = await import('../../../functions/edge/log.ts');
  vi.spyOn(log, 'info').mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await world.stop();
});
beforeEach(() => {
  org = idOf('organisation', T0, `alerts ${count++}`);
  world.setClock(T0);
  world.forget();
});

const ask = (path: string, query: Record<string, string> = {}) =>
  call(incidents, { path: `/api/incidents${path}`, query, authorizer: memberOf(org) });

/** One POST about these alerts, received now. */
const sent = (now: number, names: readonly string[], state: 'firing' | 'resolved' = 'firing') => ({
  ...post(...names.map((name) => signal(name, state, 0, { at: now }))),
  ...{ org, receivedAt: now },
});

/** Batches of ten, as the queue hands them out, in three workers. */
async function receive(bodies: readonly object[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(bodies.length / 10) }, (_, i) =>
    bodies.slice(i * 10, i * 10 + 10),
  );
  for (let i = 0; i < batches.length; i += 3) {
    const answers = await Promise.all(
      batches.slice(i, i + 3).map((batch) => detect(queueEvent('Alerts', batch), lambdaContext)),
    );
    expect(answers).toEqual(answers.map(() => ({ batchItemFailures: [] })));
  }
}

/** What was sent to be counted, taken away. */
function counts() {
  const bodies = world.sent.filter(({ queue, body }) => queue === 'Alerts' && body.kind === 'count');
  world.forget();
  return bodies.filter(({ body }) => body.org === org);
}

async function theIncident(): Promise<string> {
  const { items } = (await ask('')).body;
  expect(items).toHaveLength(1);
  return items[0].id;
}

describe('how often the alerts of an incident were received', () => {
  it('[F5] is 1,000 for a thousand equal bodies, once their minute is over', async () => {
    await receive(Array.from({ length: 1_000 }, () => sent(T0, ['disk'])));
    const [message, ...more] = counts();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ delaySeconds: 75, body: { minute: minuteOf(T0) } });
    const id = await theIncident();
    const soon = (await ask(`/${id}`)).body.alerts;
    expect(soon).toEqual({
      ...{ total: 1, firing: 1, acknowledged: 0, resolved: 0, received: 0 },
      countedUntil: '2026-11-02T09:00:00.000Z',
    });
    world.setClock(T0 + 75 * SECOND);
    await receive([message?.body ?? {}]);
    expect((await ask(`/${id}`)).body.alerts).toEqual({
      ...soon,
      ...{ received: 1_000, countedUntil: '2026-11-02T09:01:00.000Z' },
    });
  }, 20_000);

  it('[F23] is seen to by the sweep, when the message of a minute was lost', async () => {
    await receive([sent(T0, ['disk']), sent(T0 + 1, ['disk'])]);
    counts();
    world.setClock(T0 + 2 * MINUTE);
    await sweep();
    expect(counts()).toEqual([]);
    world.setClock(T0 + 75 * SECOND + MINUTE);
    await sweep();
    const found = counts();
    expect(found).toMatchObject([{ delaySeconds: 0, body: { kind: 'count', minute: minuteOf(T0) } }]);
    await receive(found.map(({ body }) => body));
    expect((await ask(`/${await theIncident()}`)).body.alerts.received).toBe(2);
    world.setClock(T0 + HOUR);
    await sweep();
    expect(counts()).toEqual([]);
  });

  it('is told for each alert, with when the last one came, page by page and by state', async () => {
    const first = sent(T0, ['a', 'b', 'c']);
    const signals = first.signals.map((one, i) => ({ ...one, labels: { host: `db-${i}` } }));
    await receive([{ ...first, signals }, sent(T0 + 5_000, ['b', 'c'])]);
    await receive([sent(T0 + 70_000, ['c']), sent(T0 + 80_000, ['a'], 'resolved')]);
    world.setClock(minutes(3));
    await receive(counts().map(({ body }) => body));
    const path = `/${await theIncident()}/alerts`;
    const all = (await ask(path)).body;
    expect(all).toMatchObject({
      countedUntil: '2026-11-02T09:03:00.000Z',
      items: [
        {
          title: 'a is failing',
          labels: { host: 'db-0' },
          state: 'resolved',
          received: 2,
          lastReceivedAt: '2026-11-02T09:01:20.000Z',
        },
        { title: 'b is failing', state: 'firing', received: 2, lastReceivedAt: '2026-11-02T09:00:05.000Z' },
        { title: 'c is failing', state: 'firing', received: 3, lastReceivedAt: '2026-11-02T09:01:10.000Z' },
      ],
    });
    expect(all.next).toBeUndefined();
    const page = (await ask(path, { state: 'firing', limit: '1' })).body;
    expect(page.items).toEqual([all.items[1]]);
    const second = (await ask(path, { state: 'firing', limit: '1', cursor: page.next })).body;
    expect(second.items).toEqual([all.items[2]]);
    expect(second.next).toBeUndefined();
  });

  it('does not hold what came before it opened, nor long after it was resolved', async () => {
    await receive([sent(T0 - HOUR, ['disk'], 'resolved'), sent(T0, ['disk'])]);
    await receive([sent(T0 + 60_000, ['disk'], 'resolved')]);
    const settles = world.sent.filter(({ body }) => body.kind === 'settle').map(({ body }) => body);
    const folds = counts().map(({ body }) => body);
    world.setClock(minutes(3));
    await receive([...settles, ...folds]);
    await receive([sent(minutes(40), ['disk'], 'resolved')]);
    world.setClock(minutes(45));
    await receive(counts().map(({ body }) => body));
    const { body } = await ask(`/${await theIncident()}`);
    expect(body).toMatchObject({ state: 'resolved', alerts: { received: 2 } });
  });

  it('[F60] is asked for with a cursor of this very list only, and of no incident elsewhere', async () => {
    await receive([sent(T0, ['a', 'b'])]);
    const id = await theIncident();
    const { next } = (await ask(`/${id}/alerts`, { limit: '1' })).body;
    for (const query of [
      { cursor: next, state: 'firing' },
      { cursor: 'x' },
      { limit: '0' },
      { state: 'gone' },
    ])
      expect((await ask(`/${id}/alerts`, query as Record<string, string>)).status).toBe(400);
    const stranger = memberOf(idOf('organisation', T0, 'stranger'));
    const other = await call(incidents, { path: `/api/incidents/${id}/alerts`, authorizer: stranger });
    expect(other.status).toBe(404);
    expect(JSON.stringify((await ask(`/${id}/alerts`)).body)).not.toMatch(/O#|pk|gsi/);
    expect((await ask(`/${id}/alerts`)).body.items[0].fingerprint).toBe(fingerprint('a'));
  });
});
