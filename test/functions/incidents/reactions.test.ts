import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type IncidentId, idOf, SECOND } from '../../../shared/kernel/index.ts';
import { pageFactTypes } from '../../../shared/status/index.ts';
import { reactions } from '../../../shared/wiring/index.ts';
import { type FunctionWorld, startWorld } from '../../support/function-world.ts';
import { ann, inc, minutes, T0 } from '../../support/given.ts';
import { marshall } from '../../support/marshall.ts';

let world: FunctionWorld;
let org = idOf('organisation', T0, '0');
let count = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `reactions ${count++}`);
  world.setClock(T0);
  world.forget();
});

async function declareAt(now: number, escalateAfter?: number) {
  const { declare } = await import('../../../functions/aws/incident-log.ts');
  const next = { step: 1, dueAt: now };
  const data = {
    title: 'x',
    severity: 'P1_CRITICAL',
    next,
    ...(escalateAfter && { escalateAfter }),
  } as const;
  return (await declare(org, data, { actor: ann, now: T0, at: T0, seed: crypto.randomUUID() })).incident;
}

describe('the fan-out', () => {
  const fanOut = async (...facts: readonly object[]) => {
    const { handler } = await import('../../../functions/incidents/fan-out.stream.ts');
    const rows = facts.map((fact, i) => ({
      pk: 'x',
      sk: `F#${i}`,
      kind: 'fact',
      react: 'yes',
      org,
      incidentId: inc,
      seq: i + 1,
      id: `fct_${i + 1}`,
      ...fact,
    }));
    const Records = rows.map((row) => ({ dynamodb: { NewImage: marshall(row) } }));
    return handler({ Records } as unknown as DynamoDBStreamEvent);
  };
  const target = { person: 'ann', channel: 'email' };

  it('has the publisher hear of every fact of a page', () => {
    for (const type of pageFactTypes) expect(reactions[type], type).toMatch(/^publish/);
  });

  it('[F23] tells the publisher the fact of a page, which is of no incident', async () => {
    const page = idOf('statusPage', 0, 'x');
    const data = { entries: [{ kind: 'group', id: 'grp_1', is: { name: 'x' } }] };
    await fanOut({ type: 'group.changed', pageId: page, root: true, seq: 7, data });
    expect(world.sent).toEqual([
      { queue: 'Publish', delaySeconds: 0, body: { kind: 'publish', page, root: true, seq: 7, data } },
    ]);
  });

  it('[F23] has subscribers told of a published update, also when its writer died', async () => {
    const page = idOf('statusPage', 0, 'x');
    const [id, update] = [idOf('statusIncident', 0, 'x'), idOf('statusUpdate', 0, 'x')];
    const entries = [
      { kind: 'incident', id, is: { id } },
      { kind: 'update', id: update, is: { id: update } },
    ];
    await fanOut({ type: 'update.published', pageId: page, root: true, seq: 7, data: { entries } });
    const body = { kind: 'announce', org, page, update, hop: 0 };
    expect(world.sent).toContainEqual({ queue: 'Mailing', delaySeconds: 5, body });
    expect(world.sent).toHaveLength(2);
  });

  it('has the log of an incident tell of an update that is about it', async () => {
    const source = { incident: inc, generation: 1 };
    const entries = [
      { kind: 'incident', id: 'pin_1', is: { title: 'Slow checkout', internal: false, source } },
      { kind: 'update', id: 'upd_1', is: { id: 'upd_1', state: 'identified', text: 'We found it.' } },
    ];
    const page = { pageId: idOf('statusPage', 0, 'x'), root: true, seq: 7, actor: ann, occurredAt: T0 };
    await fanOut({ type: 'update.published', ...page, data: { entries } });
    const data = { what: 'published', title: 'Slow checkout', state: 'identified', text: 'We found it.' };
    const told = { type: 'status.told', occurredAt: T0, data: { ...data, internal: false } };
    const body = {
      kind: 'told',
      org,
      incident: inc,
      actor: ann,
      cause: { id: 'fct_1', depth: 1 },
      fact: told,
    };
    expect(world.sent).toContainEqual({ queue: 'Room', delaySeconds: 5, body });
  });

  it('[F23] sends the step of an incident that opened or was reopened', async () => {
    await fanOut(
      { type: 'incident.opened', data: { number: 1, next: { step: 1, dueAt: T0 } } },
      { type: 'incident.reopened', data: { generation: 2, reason: 'person', next: { step: 1, dueAt: T0 } } },
    );
    const message = { kind: 'escalate', org, incident: inc, step: 1, dueAt: T0 };
    expect(world.sent).toMatchObject([
      { queue: 'Escalation', body: { ...message, generation: 1 } },
      { queue: 'Escalation', body: { ...message, generation: 2 } },
    ]);
  });
  it('[F23] sends the deliveries, when their first message is long done, and the next step when it is due', async () => {
    const next = { step: 2, dueAt: minutes(5) };
    const cause = { id: 'fct_1', depth: 3 };
    await fanOut({
      type: 'incident.escalated',
      cause: { id: 'fct_0', depth: 2 },
      data: { generation: 3, step: 1, level: 1, targets: [target], next },
    });
    expect(world.sent).toContainEqual({
      queue: 'Escalation',
      delaySeconds: 305,
      body: { kind: 'escalate', org, incident: inc, generation: 3, ...next },
    });
    expect(world.sent).toContainEqual({
      queue: 'Delivery',
      delaySeconds: 5,
      body: { kind: 'deliver', org, incident: inc, generation: 3, step: 1, ...target, cause },
    });
  });
  it('[F36] asks detection to look again at what a person resolved, not at what ended by itself', async () => {
    await fanOut(
      { type: 'incident.resolved', data: { generation: 2, reason: 'person' } },
      { type: 'incident.resolved', data: { generation: 3, reason: 'alerts-resolved' } },
    );
    const cause = { id: 'fct_1', depth: 1 };
    const body = { kind: 'settle', org, incident: inc, generation: 2, cause };
    expect(world.sent).toEqual([{ queue: 'Alerts', delaySeconds: 5, body }]);
  });
  it('[F23] asks detection to compare what opened among services that depend on each other, once for each incident', async () => {
    const cause = { id: 'rcp_1', depth: 1 };
    const evidence = { service: 'postgres', why: 'web needs it', score: 0.85 };
    await fanOut(
      { type: 'incident.opened', cause, data: { number: 1, relates: true } },
      { type: 'incident.reached', cause, data: evidence },
      { type: 'incident.origin-suspected', cause, data: evidence },
    );
    const body = { kind: 'relate', org, incident: inc, cause };
    expect(world.sent).toEqual([{ queue: 'Alerts', delaySeconds: 3, body }]);
  });
  it('leaves a step to the sweep that is farther off than a queue can wait', async () => {
    await fanOut({ type: 'incident.opened', data: { next: { step: 1, dueAt: minutes(15) + 1 } } });
    expect(world.sent).toEqual([]);
  });
  it('sends nothing for facts that ask for nothing', async () => {
    await fanOut(
      { type: 'incident.opened', data: { number: 1 } },
      { type: 'incident.acknowledged', data: { generation: 1 } },
      { type: 'incident.noted', data: { text: 'next' } },
      { type: 'constructor', data: { next: { step: 1, dueAt: T0 } } },
    );
    expect(world.sent).toEqual([]);
  });
});

describe('the sweep', () => {
  const sweep = async () => {
    vi.resetModules();
    const [{ handler }, { log }, { clock }] = await Promise.all([
      import('../../../functions/incidents/sweep.schedule.ts'),
      import('../../../functions/edge/log.ts'),
      import('../../../functions/aws/clock.ts'),
    ]);
    clock.now = () => now;
    const said = vi.spyOn(log, 'info').mockImplementation(() => undefined);
    return { run: handler, said };
  };
  let now = T0;
  const mine = (id: IncidentId) => world.sent.filter(({ body }) => body.incident === id);

  it('sends a step once that comes within 15 minutes, delayed until it is due', async () => {
    now = T0;
    const soon = await declareAt(minutes(15));
    const later = await declareAt(minutes(15) + SECOND);
    const { run } = await sweep();
    await run();
    await run();
    expect(mine(soon.id)).toMatchObject([
      { queue: 'Escalation', delaySeconds: 900, body: { dueAt: minutes(15) } },
    ]);
    expect(mine(later.id)).toEqual([]);
    now = minutes(1);
    await run();
    expect(mine(later.id)).toHaveLength(1);
  });
  it('as the auditor sends an overdue step again and again, and counts it', async () => {
    now = minutes(2);
    const late = await declareAt(T0);
    const { run, said } = await sweep();
    await run();
    await run();
    expect(mine(late.id)).toHaveLength(2);
    expect(mine(late.id)[0]).toMatchObject({ delaySeconds: 0 });
    const [, fields] = said.mock.calls.at(-1) ?? [];
    expect(said.mock.calls.at(-1)?.[0]).toBe('sweep finished');
    expect(Reflect.get(Object(fields), 'overdue')).toBeGreaterThanOrEqual(1);
  });
});
