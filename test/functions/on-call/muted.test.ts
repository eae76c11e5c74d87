import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import { configurationSchema } from '../../../shared/configuration/index.ts';
import type { OrganisationId } from '../../../shared/kernel/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann, T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { epoch, post, signal } from '../../support/signals.ts';

let world: FunctionWorld;
let escalate: typeof import('../../../functions/on-call/escalate.queue.ts').handler;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
let lists: typeof import('../../../functions/aws/incident-lists.ts');
let log: typeof import('../../../functions/aws/incident-log.ts');
let configuration: typeof import('../../../functions/aws/configuration.ts');
let scene: typeof import('./scene.ts');

beforeAll(async () => {
  world = await startWorld();
  const escalation = await import('../../../functions/on-call/escalate.queue.ts');
  escalate = world.as('Escalate', escalation.handler);
  const detection = await import('../../../functions/detection/detect.queue.ts');
  detect = world.as('Detect', detection.handler);
  lists = await import('../../../functions/aws/incident-lists.ts');
  log = await import('../../../functions/aws/incident-log.ts');
  configuration = await import('../../../functions/aws/configuration.ts');
  scene = await import('./scene.ts');
});
afterAll(() => world.stop());

const document = (inhibitions: readonly object[]) =>
  configurationSchema.parse({
    people: [{ id: 'ann', name: 'Ann', email: 'ann@example.com' }],
    policies: [{ id: 'all', name: 'All', levels: [{ targets: ['ann'] }] }],
    rules: [
      {
        ...{ id: 'title', name: 'By title', group: { by: ['title'] } },
        conditions: { when: 'alertname="InstanceDown"', minDuration: 120 },
      },
    ],
    detection: { inhibitions },
  });
const down = {
  id: 'down',
  source: 'alertname="ClusterDown"',
  target: 'alertname="InstanceDown"',
  equal: ['cluster'],
};
const labels = (alertname: string) => ({ alertname, cluster: 'eu' });
const base = (T0 - epoch) / 1_000;

async function organisation(name: string): Promise<OrganisationId> {
  const org = await scene.organisation(name);
  await configuration.replaceConfiguration(org, 1, document([down]), { actor: ann, at: T0 });
  return org;
}

const hand = async (org: OrganisationId, seconds: number, ...bodies: readonly object[]) => {
  world.setClock(T0 + seconds * 1_000);
  world.forget();
  const event = queueEvent(
    'Alerts',
    bodies.map((body) => ({ ...body, org })),
  );
  expect((await detect(event, lambdaContext)).batchItemFailures).toEqual([]);
};
const tell = (org: OrganisationId, seconds: number, ...signals: readonly Signal[]) =>
  hand(org, seconds, { ...post(...signals), receivedAt: T0 + seconds * 1_000 });
const instance = (seconds: number) =>
  signal('instance', 'firing', base + seconds, { title: 'Instance down', labels: labels('InstanceDown') });
const cluster = (seconds: number) =>
  signal('cluster', 'firing', base + seconds, { title: 'Cluster down', labels: labels('ClusterDown') });

const own = async (org: OrganisationId) =>
  (await lists.listOpen(org)).find(({ title }) => title === 'Instance down');
/** Takes the step that is due then; how many pages that sends. */
const step = async (org: OrganisationId, seconds: number) => {
  const incident = await own(org);
  const next = incident?.state === 'triggered' ? incident.next : undefined;
  if (!incident || !next) throw new Error('it waits for no step');
  world.setClock(T0 + seconds * 1_000);
  world.forget();
  const body = { kind: 'escalate', org, incident: incident.id, generation: 1, ...next };
  expect((await escalate(queueEvent('Escalation', [body]))).batchItemFailures).toEqual([]);
  return world.sent.filter(({ queue }) => queue === 'Delivery').length;
};

it('a first page that is held is muted by an alert that fires meanwhile, and comes a minute after that ends', async () => {
  const org = await organisation('muted page');
  await tell(org, 0, instance(0));
  await tell(org, 30, cluster(30));
  expect(await step(org, 120)).toBe(0);
  const waiting = await own(org);
  expect(waiting).toMatchObject({ next: { step: 1, heldBy: expect.stringMatching(/^inh_/) } });
  const { facts } = await log.readFacts(org, waiting?.id ?? ('' as never), { limit: 100, now: T0 });
  expect(facts.find(({ type }) => type === 'incident.put-off')?.data).toMatchObject({
    by: "Inhibition 'down' (“Cluster down” fires)",
  });
  await tell(org, 300, signal('cluster', 'resolved', base + 300));
  const release = world.sent.find(({ body }) => body.kind === 'release')?.body ?? {};
  await hand(org, 361, release);
  expect(world.sent).toMatchObject([{ queue: 'Escalation', body: { step: 1 } }]);
  expect(await step(org, 361)).toBe(1);
});

it('it is not when an alert is among them that nothing mutes, nor when no inhibition says so any more', async () => {
  const org = await organisation('a page of more');
  const elsewhere = { alertname: 'InstanceDown', cluster: 'us' };
  await tell(org, 0, instance(0));
  await tell(org, 10, signal('other', 'firing', base + 10, { title: 'Instance down', labels: elsewhere }));
  const changed = await organisation('a page of another configuration');
  await tell(changed, 0, instance(0));
  for (const one of [org, changed]) await tell(one, 30, cluster(30));
  const other = document([{ ...down, equal: ['region'] }]);
  await configuration.replaceConfiguration(changed, 2, other, { actor: ann, at: T0 + 60_000 });
  expect(await step(org, 120)).toBe(1);
  expect(await step(changed, 120)).toBe(1);
});

it('the page comes when an alert joins that nothing mutes', async () => {
  const org = await organisation('an alert that joins');
  await tell(org, 0, instance(0));
  await tell(org, 30, cluster(30));
  expect(await step(org, 120)).toBe(0);
  const labels = { alertname: 'InstanceDown', cluster: 'us' };
  await tell(org, 200, signal('other', 'firing', base + 200, { title: 'Instance down', labels }));
  expect(await own(org)).toMatchObject({ next: { step: 1, dueAt: T0 + 320_000 } });
  expect(await step(org, 320)).toBe(1);
});
