import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { idOf, type OrganisationId, system } from '../../../shared/kernel/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann, minutes, T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';

let world: FunctionWorld;
let handler: typeof import('../../../functions/on-call/escalate.queue.ts').handler;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
let aws: typeof import('../../../functions/aws/incident-log.ts');
let quiets: typeof import('../../../functions/aws/quiets.ts');
let scene: typeof import('./scene.ts');

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/on-call/escalate.queue.ts'));
  handler = world.as('Escalate', handler);
  const detection = await import('../../../functions/detection/detect.queue.ts');
  detect = world.as('Detect', detection.handler);
  aws = await import('../../../functions/aws/incident-log.ts');
  quiets = await import('../../../functions/aws/quiets.ts');
  scene = await import('./scene.ts');
});
afterAll(() => world.stop());
beforeEach(() => {
  world.setClock(T0);
  world.forget();
});

const windowOf = (org: OrganisationId) => ({
  ...({ kind: 'maintenance', id: idOf('maintenanceWindow', T0, org), services: ['checkout'] } as const),
  ...{ from: T0, to: minutes(60), comment: 'new disks', createdBy: ann, createdAt: T0, version: 1 },
});
const step = async (at: number, { org, id }: Awaited<ReturnType<typeof scene.open>>) => {
  world.setClock(at);
  const incident = await aws.loadIncident(org, id);
  const next = incident?.state === 'triggered' ? incident.next : undefined;
  world.forget();
  const body = { kind: 'escalate', org, incident: id, generation: 1, step: next?.step, dueAt: at };
  expect((await handler(queueEvent('Escalation', [body]))).batchItemFailures).toEqual([]);
  return world.sent.filter(({ queue }) => queue === 'Delivery').length;
};
const typesOf = async (org: OrganisationId, id: Parameters<typeof aws.readFacts>[1]) =>
  (await aws.readFacts(org, id, { limit: 100, now: T0 })).facts.map(({ type }) => type);

it('[M11] maintenance stops the escalation that runs, which goes on when it ends', async () => {
  const org = await scene.organisation('maintenance');
  const incident = await scene.open(org, {
    service: 'checkout',
    correlation: { hash: 'h', rule: 'r', key: 'k' },
  });
  expect(await step(T0, incident)).toBe(1);
  const window = windowOf(org);
  await quiets.writeQuiet(org, undefined, window, window.to);
  expect(await step(minutes(5), incident)).toBe(0);
  expect(await aws.loadIncident(org, incident.id)).toMatchObject({
    next: { step: 2, dueAt: minutes(60), heldBy: window.id },
  });
  expect(await step(minutes(6), incident)).toBe(0);
  expect(await step(minutes(60), incident)).toBe(1);
  expect((await typesOf(org, incident.id)).filter((type) => type !== 'void')).toEqual([
    ...['incident.opened', 'incident.escalated', 'incident.put-off', 'incident.escalated'],
  ]);
});

it('maintenance that is ended before its time lets the escalation go on at once', async () => {
  const org = await scene.organisation('maintenance ended');
  const incident = await scene.open(org, {
    service: 'checkout',
    correlation: { hash: 'h', rule: 'r', key: 'k' },
  });
  const window = windowOf(org);
  await quiets.writeQuiet(org, undefined, window, window.to);
  expect(await step(T0, incident)).toBe(0);
  const ended = { ...window, to: minutes(10), endedBy: system('x'), version: 2 };
  await quiets.writeQuiet(org, window, ended, minutes(10));
  world.setClock(minutes(10));
  world.forget();
  const body = { kind: 'release', org, quiet: window.id, askedAt: minutes(10) };
  expect((await detect(queueEvent('Alerts', [body]), lambdaContext)).batchItemFailures).toEqual([]);
  expect(world.sent).toMatchObject([{ queue: 'Escalation', body: { step: 1, dueAt: minutes(10) } }]);
  expect(await step(minutes(10), incident)).toBe(1);
});

it('what a person declares during maintenance pages at once', async () => {
  const org = await scene.organisation('maintenance declared');
  const window = windowOf(org);
  await quiets.writeQuiet(org, undefined, window, window.to);
  expect(await step(T0, await scene.open(org, { service: 'checkout' }))).toBe(1);
});
