import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { idOf, system } from '../../../shared/kernel/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann, minutes, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: typeof import('../../../functions/on-call/escalate.queue.ts').handler;
let log: typeof import('../../../functions/edge/log.ts').log;
let load: typeof import('../../../functions/on-call/load.ts');
let aws: typeof import('../../../functions/aws/incident-log.ts');
let scene: typeof import('./scene.ts');
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/on-call/escalate.queue.ts'));
  handler = world.as('Escalate', handler);
  ({ log } = await import('../../../functions/edge/log.ts'));
  load = await import('../../../functions/on-call/load.ts');
  aws = await import('../../../functions/aws/incident-log.ts');
  scene = await import('./scene.ts');
});
afterAll(() => world.stop());
beforeEach(() => {
  world.setClock(T0);
  world.forget();
  vi.restoreAllMocks();
});

const fresh = (policies?: readonly object[]) => scene.organisation(`escalate ${count++}`, policies);
type Opened = Awaited<ReturnType<typeof import('./scene.ts').open>>;
const message = ({ org, id, generation }: Opened, step = 1, dueAt = T0) => ({
  kind: 'escalate',
  org,
  incident: id,
  generation,
  step,
  dueAt,
});
const receive = async (...messages: readonly object[]) => {
  const { batchItemFailures } = await handler(queueEvent('Escalation', messages));
  expect(batchItemFailures).toEqual([]);
};
const typesOf = async ({ org, id }: Opened) =>
  (await aws.readFacts(org, id, { limit: 100, now: T0 })).facts.map(({ type }) => type);

describe('a step that is due', () => {
  it('is recorded with its delivery, which is sent, and so is the next step with its delay', async () => {
    const incident = await scene.open(await fresh());
    await receive(message(incident));
    const after = await aws.loadIncident(incident.org, incident.id);
    expect(after).toMatchObject({ step: 1, next: { step: 2, dueAt: minutes(5) }, version: 2 });
    const named = { org: incident.org, incident: incident.id, generation: 1 };
    const delivery = { kind: 'deliver', ...named, step: 1, person: 'ann', channel: 'email' } as const;
    expect((await load.loadForDelivery(delivery)).delivery).toMatchObject({ state: 'planned', version: 1 });
    expect(world.sent).toHaveLength(2);
    expect(world.sent).toContainEqual({
      queue: 'Delivery',
      delaySeconds: 0,
      body: { ...delivery, cause: { id: expect.stringMatching(/^fct_/), depth: 2 } },
    });
    expect(world.sent).toContainEqual({
      queue: 'Escalation',
      delaySeconds: 300,
      body: { kind: 'escalate', ...named, step: 2, dueAt: minutes(5) },
    });
  });
  it('[F21] is taken once, however often its message comes, also at the same time', async () => {
    const incident = await scene.open(await fresh());
    await receive(message(incident), message(incident), message(incident));
    await receive(message(incident));
    expect((await typesOf(incident)).filter((type) => type !== 'void')).toEqual([
      'incident.opened',
      'incident.escalated',
    ]);
    expect(world.sent.filter(({ queue }) => queue === 'Delivery')).toHaveLength(1);
  });
  it('[F36] in the same moment as an acknowledgement is one or the other, in this order', async () => {
    const org = await fresh();
    for (let i = 0; i < 10; i++) {
      const incident = await scene.open(org);
      await Promise.all([
        receive(message(incident)),
        aws.command(org, incident.id, { do: 'acknowledge' }, { actor: ann, now: T0 }),
      ]);
      const types = (await typesOf(incident)).filter((type) => type !== 'void');
      expect([
        ['incident.opened', 'incident.acknowledged'],
        ['incident.opened', 'incident.escalated', 'incident.acknowledged'],
      ]).toContainEqual(types);
      expect((await aws.loadIncident(org, incident.id))?.state).toBe('acknowledged');
    }
  });
  it('sends a next step that is far off to nobody: the sweep will', async () => {
    const levels = [{ targets: ['ann'], delay: 3_600 }, { targets: ['bob'] }];
    const incident = await scene.open(await fresh([{ id: 'slow', name: 'Slow', levels }]));
    await receive(message(incident));
    expect(world.sent.map(({ queue }) => queue)).toEqual(['Delivery']);
  });
});

describe('a step that is not due', () => {
  it('[F28] is put back for as long as it is early', async () => {
    const incident = await scene.open(await fresh(), { next: { step: 1, dueAt: minutes(5) } });
    world.setClock(minutes(5) - 1);
    await receive(message(incident, 1, minutes(5)));
    expect(await typesOf(incident)).toEqual(['incident.opened']);
    expect(world.sent).toMatchObject([{ queue: 'Escalation', delaySeconds: 1 }]);
  });
  it('[F28] is believed to be due by the record, not by the message', async () => {
    const incident = await scene.open(await fresh(), { next: { step: 1, dueAt: minutes(5) } });
    await receive(message(incident, 1, T0));
    expect(await typesOf(incident)).toEqual(['incident.opened']);
    expect(world.sent).toMatchObject([{ queue: 'Escalation', delaySeconds: 300 }]);
  });
  it('is not sent once more by each message that finds it put off', async () => {
    const opened = await scene.open(await fresh(), { next: { step: 1, dueAt: T0 } });
    world.setClock(T0 + 1_000);
    const next = { step: 1, dueAt: minutes(5), heldBy: 'inh_x' };
    const by = { actor: system('escalation'), now: T0 + 1_000 };
    const wanted = { do: 'put-off', generation: 1, next, by: 'It' } as const;
    await aws.command(opened.org, opened.id, wanted, by);
    await receive(message(opened, 1, T0));
    expect(world.sent).toEqual([]);
  });
  it('is left to the sweep when it is far off', async () => {
    const incident = await scene.open(await fresh());
    await receive(message(incident, 1, minutes(16)));
    expect(world.sent).toEqual([]);
  });
});

describe('[F35] a step that reaches nobody', () => {
  it('pages the administrators', async () => {
    const incident = await scene.open(await fresh([]));
    await receive(message(incident));
    const [delivery] = world.sent;
    expect(delivery).toMatchObject({ queue: 'Delivery', body: { person: idOf('person', T0, 'root') } });
  });
  it('is an alarm when there is no administrator', async () => {
    const error = vi.spyOn(log, 'error').mockImplementation(() => undefined);
    const org = idOf('organisation', T0, 'deserted');
    const incident = await scene.open(org);
    await receive(message(incident));
    expect(error).toHaveBeenCalledWith('nobody can be paged', expect.objectContaining({ step: 1 }));
    expect(await aws.loadIncident(org, incident.id)).not.toHaveProperty('next');
  });
});

describe('messages', () => {
  it('of another generation, step or incident do nothing', async () => {
    const incident = await scene.open(await fresh());
    await receive({ ...message(incident), generation: 2 }, message(incident, 2), {
      ...message(incident),
      incident: idOf('incident', T0, 'none'),
    });
    expect(world.sent).toEqual([]);
  });
  it('[F22] that are none fail alone', async () => {
    vi.spyOn(log, 'error').mockImplementation(() => undefined);
    const incident = await scene.open(await fresh());
    const { batchItemFailures } = await handler(queueEvent('Escalation', [{ kind: 'x' }, message(incident)]));
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    expect(await typesOf(incident)).toEqual(['incident.opened', 'incident.escalated']);
  });
});
