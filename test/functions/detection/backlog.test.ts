import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { command, loadIncident } from '../../../functions/aws/incident-log.ts';
import type { Signal } from '../../../shared/alerts/index.ts';
import { type IncidentId, type Instant, idOf, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann, T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { post, signal } from '../../support/signals.ts';

/** Every message of these tests was sent to the queue at T0. */
const BEHIND = 13 * MINUTE;
const HELD = BEHIND / 5;

let world: FunctionWorld;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
let worlds = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler: detect } = await import('../../../functions/detection/detect.queue.ts'));
});
afterAll(() => world.stop());
afterEach(() => world.forget());

/** An organisation, and what its queue brings at an instant of ours. */
function tenant() {
  const org = idOf('organisation', T0, `backlog ${++worlds}`);
  const brings = async (now: Instant, bodies: readonly object[], receives = 1): Promise<void> => {
    world.setClock(now);
    const event = queueEvent('Alerts', bodies, receives);
    expect(await detect(event, lambdaContext)).toEqual({ batchItemFailures: [] });
  };
  const said = (state: Signal['state'], at: Instant, receivedAt = at) => ({
    ...post(signal('api', state, 0, { at, severity: 'P1_CRITICAL' })),
    ...{ org, receivedAt },
  });
  return { org, brings, said };
}

const sentTo = (queue: string) => world.sent.filter((one) => one.queue === queue);

/** When the only step that was asked for is due, and after how many seconds its message comes. */
function step() {
  const [first, ...more] = sentTo('Escalation');
  if (!first || more.length > 0) throw new Error('Not one step was asked for');
  const { incident, dueAt } = first.body as { readonly incident: IncidentId; readonly dueAt: Instant };
  return { incident, dueAt, delaySeconds: first.delaySeconds };
}

describe('[F31] [M10] a queue that nobody emptied for thirteen minutes', () => {
  it('pages nobody about an alert whose firing and end come in different batches', async () => {
    const { org, brings, said } = tenant();
    const now = T0 + BEHIND;
    await brings(now, [said('firing', T0 - 2 * MINUTE, T0)]);
    const { incident, dueAt, delaySeconds } = step();
    expect([dueAt, delaySeconds]).toEqual([now + HELD, HELD / SECOND]);

    await brings(now + 30 * SECOND, [said('resolved', T0 - MINUTE, T0)]);
    const settles = sentTo('Alerts').filter(({ body }) => body.kind === 'settle');
    await brings(
      now + 45 * SECOND,
      settles.map(({ body }) => body),
    );
    expect(await loadIncident(org, incident)).toMatchObject({ state: 'resolved', generation: 1 });
    expect(sentTo('Escalation')).toHaveLength(1);
  });

  it('holds the page of an incident that opens again for one of them, after a person closed it unaware', async () => {
    const { org, brings, said } = tenant();
    await brings(T0 + SECOND, [said('firing', T0)]);
    const { incident } = step();
    world.forget();
    const now = T0 + BEHIND;
    const waited = post(signal('db', 'firing', 0, { at: T0 + SECOND, severity: 'P1_CRITICAL' }));
    await brings(now, [{ ...waited, org, receivedAt: T0 + SECOND }]);
    const resolve = { do: 'resolve', reason: 'person', at: now } as const;
    await command(org, incident, resolve, { actor: ann, now, seen: 2 });
    await brings(now + 5 * SECOND, [{ kind: 'settle', org, incident, generation: 1 }]);
    expect(await loadIncident(org, incident)).toMatchObject({ state: 'triggered', generation: 2 });
    expect(step()).toMatchObject({ incident, dueAt: now + HELD });
  });

  it('pages at once about the P1 that was sent last', async () => {
    const { brings, said } = tenant();
    await brings(T0 + 2 * SECOND, [said('firing', T0)]);
    expect(step()).toMatchObject({ dueAt: T0 + 2 * SECOND, delaySeconds: 0 });
  });
});

describe('[F31] a P1 that nothing waits behind is paged at once', () => {
  it('when it is received again after a failure', async () => {
    const { brings, said } = tenant();
    await brings(T0 + BEHIND, [said('firing', T0)], 2);
    expect(step()).toMatchObject({ dueAt: T0 + BEHIND, delaySeconds: 0 });
  });

  it('when it was sent to the queue anew long after it had been received', async () => {
    const { brings, said } = tenant();
    await brings(T0 + SECOND, [said('firing', T0 - BEHIND)]);
    expect(step()).toMatchObject({ dueAt: T0 + SECOND, delaySeconds: 0 });
  });
});
