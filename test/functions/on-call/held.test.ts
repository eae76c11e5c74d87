import { afterAll, beforeAll, expect, it } from 'vitest';
import { configurationSchema } from '../../../shared/configuration/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import type { EscalateMessage } from '../../../shared/wiring/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const org = idOf('organisation', epoch, 'held');
const integration = idOf('integration', epoch, 'held');

let world: FunctionWorld;
let escalate: typeof import('../../../functions/on-call/escalate.queue.ts').handler;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
let configuration: typeof import('../../../functions/aws/configuration.ts');
let log: typeof import('../../../functions/aws/incident-log.ts');

beforeAll(async () => {
  world = await startWorld();
  const onCall = await import('../../../functions/on-call/escalate.queue.ts');
  escalate = world.as('Escalate', onCall.handler);
  const detection = await import('../../../functions/detection/detect.queue.ts');
  detect = world.as('Detect', detection.handler);
  configuration = await import('../../../functions/aws/configuration.ts');
  log = await import('../../../functions/aws/incident-log.ts');
});
afterAll(() => world.stop());

it('a page that was held until an alert lasted looks whether one has, and is put off on record while none has', async () => {
  const body = configurationSchema.parse({
    people: [{ id: 'ann', name: 'Ann', email: 'ann@example.com' }],
    policies: [{ id: 'default', name: 'Default', levels: [{ targets: ['ann'] }] }],
    rules: [{ id: 'r', name: 'R', conditions: { minDuration: 400 } }],
  });
  world.setClock(epoch);
  await configuration.replaceConfiguration(org, 0, body, { actor: ann, at: epoch });
  const steps: EscalateMessage[] = [];
  const at = (second: number): number => epoch + second * 1_000;
  const collect = () => {
    for (const { queue, body: sent } of world.sent)
      if (queue === 'Escalation') steps.push(sent as unknown as EscalateMessage);
    const pages = world.sent.filter(({ queue }) => queue === 'Delivery').length;
    world.forget();
    return pages;
  };
  const hear = async (second: number, name: string, state: 'firing' | 'resolved') => {
    world.setClock(at(second));
    const event = queueEvent('Alerts', [
      { ...post(signal(name, state, second)), org, integration, receivedAt: at(second) },
    ]);
    expect((await detect(event, lambdaContext)).batchItemFailures).toEqual([]);
    return collect();
  };
  const step = async (second: number) => {
    world.setClock(at(second));
    const event = queueEvent('Escalation', [steps.at(-1)]);
    expect((await escalate(event)).batchItemFailures).toEqual([]);
    return collect();
  };
  await hear(0, 'a', 'firing');
  await hear(200, 'b', 'firing');
  await hear(250, 'a', 'resolved');
  expect(steps.at(-1)).toMatchObject({ dueAt: at(400) });
  expect(await step(400)).toBe(0);
  expect(steps.at(-1)).toMatchObject({ dueAt: at(600) });
  expect(await step(600)).toBe(1);
  const [{ incident = undefined } = {}] = steps;
  const { facts } = await log.readFacts(org, incident ?? 'inc_', { limit: 50, now: at(600) });
  expect(facts.map(({ type }) => type).filter((type) => type.startsWith('incident.'))).toEqual([
    ...['incident.opened', 'incident.put-off', 'incident.escalated'],
  ]);
});
