import { SendEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { log } from '../../functions/edge/log.ts';
import type { LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../support/function-world.ts';
import { T0 } from '../support/given.ts';
import { httpEvent, lambdaContext } from '../support/http-event.ts';
import { post, signal } from '../support/signals.ts';

let world: FunctionWorld;
let providers: ReturnType<typeof import('./on-call/scene.ts').startProviders>;
let handlers: Awaited<ReturnType<typeof load>>;
let org: OrganisationId;

beforeAll(async () => {
  world = await startWorld();
  const scene = await import('./on-call/scene.ts');
  providers = scene.startProviders();
  handlers = await load();
  org = await scene.organisation('causes');
  for (const level of ['info', 'error'] as const) vi.spyOn(log, level).mockReturnValue(undefined);
});
afterAll(async () => {
  providers.stop();
  await world.stop();
});

const load = async () => ({
  detect: (await import('../../functions/detection/detect.queue.ts')).handler,
  escalate: (await import('../../functions/on-call/escalate.queue.ts')).handler,
  deliver: (await import('../../functions/on-call/deliver.queue.ts')).handler,
  incidents: (await import('../../functions/incidents/routes.ts')).handler,
  onCall: (await import('../../functions/on-call/routes.ts')).handler,
  log: await import('../../functions/aws/incident-log.ts'),
});

/** Takes what was sent to a queue, the last message of it only. */
function taken(queue: string): Record<string, unknown> {
  const body = world.sent.filter((one) => one.queue === queue).at(-1)?.body;
  if (!body) throw new Error(`Nothing was sent to ${queue}`);
  world.forget();
  return body;
}

/** Lets a function work on messages; gives how many come again. */
const receives = async (queue: 'Alerts' | 'Escalation' | 'Delivery', ...bodies: readonly object[]) => {
  const event = queueEvent(queue, bodies);
  const { detect, escalate, deliver } = handlers;
  const run = {
    Alerts: () => detect(event, lambdaContext),
    Escalation: () => escalate(event),
    Delivery: () => deliver(event),
  };
  return (await run[queue]()).batchItemFailures.length;
};

const alert = (receipt: string, state: 'firing' | 'resolved', at: number) => ({
  ...post(signal('api', state, 0, { at, severity: 'P1_CRITICAL' })),
  ...{ org, receipt, receivedAt: at },
});

/** A request under an id that the gateway gave it. */
async function asks(id: string, method: string, path: string, body: object): Promise<void> {
  const event = httpEvent({ method, path, body, authorizer: memberOf(org, 'manager') });
  Object.assign(event.requestContext, { requestId: 'chosen-by-caller', extendedRequestId: id });
  const { statusCode, body: text } = await handlers.incidents(event, lambdaContext);
  if (statusCode >= 300) throw new Error(`${method} ${path} answered ${statusCode}: ${text}`);
}

const factsOf = async (id: IncidentId): Promise<readonly LoggedFact[]> =>
  (await handlers.log.readFacts(org, id, { limit: 100, now: T0 })).facts;

const refuseAnn = () =>
  providers.mail.on(SendEmailCommand, { Destination: { ToAddresses: ['ann@example.com'] } }).rejects(
    Object.assign(new Error('Email address is not verified'), {
      name: 'MessageRejected',
      $fault: 'client',
    }),
  );

describe('what each fact of an incident is because of', () => {
  it('is the POST, the request, or the fact before it; and no chain grows with the steps of an escalation', async () => {
    expect(await receives('Alerts', alert('receipt-on', 'firing', T0))).toBe(0);
    const first = taken('Escalation');
    const id = first.incident as IncidentId;
    refuseAnn();
    await receives('Escalation', first);
    expect(await receives('Delivery', taken('Delivery'))).toBe(1);
    await receives('Escalation', taken('Escalation'));
    await receives('Delivery', taken('Delivery'));
    const token = /respond\/(\S+)/.exec(providers.inbox.at(-1)?.text ?? '')?.[1];
    await call(handlers.onCall, { method: 'POST', path: `/respond/${token}` });
    await asks('request-note', 'POST', `/api/incidents/${id}/notes`, { text: 'Looking' });
    await receives('Alerts', alert('receipt-off', 'resolved', T0 + 1));
    await receives('Alerts', taken('Alerts'));
    await asks('request-again', 'PATCH', `/api/incidents/${id}`, { state: 'triggered' });
    const facts = await factsOf(id);
    const named = new Map(facts.map((fact) => [fact.id, `${fact.type} ${fact.seq}`]));
    const told = facts.map(({ type, cause }) => [
      type,
      named.get(cause?.id ?? '') ?? cause?.id,
      cause?.depth,
    ]);
    expect(told).toEqual([
      ['incident.opened', 'receipt-on', 1],
      ['alerts.changed', 'receipt-on', 1],
      ['incident.escalated', 'incident.opened 1', 2],
      ['page.refused', 'incident.escalated 3', 3],
      ['incident.brought-forward', 'incident.escalated 3', 3],
      ['incident.escalated', 'incident.opened 1', 2],
      ['incident.acknowledged', 'request-1', 1],
      ['incident.noted', 'request-note', 1],
      ['alerts.changed', 'receipt-off', 1],
      ['incident.resolved', 'receipt-off', 1],
      ['incident.reopened', 'request-again', 1],
    ]);
  });

  it('is shown by the API', async () => {
    await asks('request-new', 'POST', '/api/incidents', { title: 'By hand', severity: 'P2_HIGH' });
    const { incident } = taken('Escalation');
    const { body } = await call(handlers.incidents, {
      path: `/api/incidents/${incident}/facts`,
      authorizer: memberOf(org),
    });
    expect(body.items).toMatchObject([{ type: 'incident.opened', cause: 'request-new' }]);
  });
});
