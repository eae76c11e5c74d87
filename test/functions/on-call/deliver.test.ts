import { SendEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryAsked } from '../../../functions/on-call/messages.ts';
import { SECOND } from '../../../shared/kernel/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann, minutes, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: typeof import('../../../functions/on-call/deliver.queue.ts').handler;
let deliveries: typeof import('../../../functions/on-call/deliveries.ts');
let load: typeof import('../../../functions/on-call/load.ts');
let log: typeof import('../../../functions/edge/log.ts').log;
let aws: typeof import('../../../functions/aws/incident-log.ts');
let scene: typeof import('./scene.ts');
let providers: ReturnType<typeof import('./scene.ts').startProviders>;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  scene = await import('./scene.ts');
  providers = scene.startProviders();
  ({ handler } = await import('../../../functions/on-call/deliver.queue.ts'));
  handler = world.as('Deliver', handler);
  deliveries = await import('../../../functions/on-call/deliveries.ts');
  load = await import('../../../functions/on-call/load.ts');
  ({ log } = await import('../../../functions/edge/log.ts'));
  aws = await import('../../../functions/aws/incident-log.ts');
});
afterAll(async () => {
  providers.stop();
  await world.stop();
});
beforeEach(() => {
  world.setClock(T0);
  providers.inbox.length = 0;
  providers.mail.reset();
  providers.works();
  vi.restoreAllMocks();
  vi.spyOn(log, 'error').mockImplementation(() => undefined);
});

async function paged(data = {}): Promise<DeliveryAsked> {
  const { org, id } = await scene.open(await scene.organisation(`deliver ${count++}`), data);
  return { kind: 'deliver', org, incident: id, generation: 1, step: 1, person: 'ann', channel: 'email' };
}
const receive = async (...messages: readonly object[]) =>
  (await handler(queueEvent('Delivery', messages))).batchItemFailures.length;
const command = (message: DeliveryAsked, wanted: Parameters<typeof aws.command>[2]) =>
  aws.command(message.org, message.incident, wanted, { actor: ann, now: T0 });

describe('a delivery', () => {
  it('reaches the person with a link to acknowledge and one to the console, and is marked', async () => {
    const message = await paged();
    expect(await receive(message)).toBe(0);
    expect(providers.inbox).toMatchObject([{ to: 'ann@example.com' }]);
    expect(providers.inbox[0]?.subject).toMatch(/^\[P1\] INC-\d+ Checkout p99 high — step 1$/);
    expect(providers.inbox[0]?.text).toMatch(/Acknowledge: https:\/\/pages\.example\.com\/respond\/org_/);
    expect(providers.inbox[0]?.text).toContain(`https://console.example.com/incidents/${message.incident}`);
    expect((await load.loadForDelivery(message)).delivery).toMatchObject({
      state: 'sent',
      providerId: 'ses-1',
      possiblyAgain: false,
    });
  });
  it('[F21] is made once, however often and at once its message comes', async () => {
    const message = await paged();
    await receive(message, message, message);
    await receive(message);
    expect(providers.inbox).toHaveLength(1);
  });
  it('[F40] of a title with line breaks has a subject of one line', async () => {
    await receive(await paged({ title: 'x\r\nBcc: all@example.com' }));
    expect(providers.inbox[0]?.subject).not.toMatch(/[\r\n]/);
    expect(providers.inbox[0]?.subject).toContain('x Bcc: all@example.com');
  });
  it('goes to a member who administers when that is who was paged', async () => {
    const message = await paged();
    const { idOf } = await import('../../../shared/kernel/index.ts');
    await receive({ ...message, person: idOf('person', T0, 'root') });
    expect(providers.inbox).toMatchObject([{ to: 'root@example.com' }]);
  });
});

describe('[M10] a delivery that comes too late', () => {
  const dropped = async (message: DeliveryAsked, why: string) => {
    expect(await receive(message)).toBe(0);
    expect(providers.inbox).toEqual([]);
    expect((await load.loadForDelivery(message)).delivery).toMatchObject({ state: 'dropped', why });
  };
  it('is dropped after an acknowledgement, a resolve or a reopening', async () => {
    const acknowledged = await paged();
    await command(acknowledged, { do: 'acknowledge' });
    await dropped(acknowledged, 'acknowledged');
    const resolved = await paged();
    await command(resolved, { do: 'resolve', reason: 'alerts-resolved', at: T0 });
    await dropped(resolved, 'resolved');
    const reopened = await paged();
    await command(reopened, { do: 'resolve', reason: 'alerts-resolved', at: T0 });
    await command(reopened, { do: 'reopen', reason: 'alert-fired', at: T0 });
    await dropped(reopened, 'superseded');
  });
  it('is dropped when the person is gone', async () => {
    await dropped({ ...(await paged()), person: 'gone' }, 'unreachable');
  });
});

describe('[F24] a worker that died after it claimed', () => {
  it('leaves the delivery to the next one after its lease, marked as possibly the second', async () => {
    const message = await paged();
    const { claimDelivery } = await import('../../../shared/on-call/index.ts');
    const claim = claimDelivery((await load.loadForDelivery(message)).delivery, T0);
    if (claim.outcome !== 'claimed') throw new Error('Not claimed');
    await deliveries.saveDelivery(message, claim.delivery);
    world.setClock(T0 + 19 * SECOND);
    expect(await receive(message)).toBe(1);
    expect(providers.inbox).toEqual([]);
    world.setClock(minutes(1));
    expect(await receive(message)).toBe(0);
    expect(providers.inbox).toMatchObject([{ subject: expect.stringContaining('(possibly again)') }]);
    expect(await receive(message)).toBe(0);
    expect(providers.inbox).toHaveLength(1);
  });
});

describe('a provider that fails', () => {
  const failWith = (fault: 'client' | 'server') =>
    providers.mail
      .on(SendEmailCommand)
      .rejectsOnce(Object.assign(new Error('no'), { name: 'Throttling', $fault: fault }));

  it('[M5] leaves a failed attempt that the queue brings back; nothing is lost', async () => {
    const message = await paged();
    failWith('client');
    expect(await receive(message)).toBe(1);
    expect((await load.loadForDelivery(message)).delivery).toMatchObject({
      state: 'failed',
      reason: 'Throttling',
    });
    providers.works();
    expect(await receive(message)).toBe(0);
    expect(providers.inbox).toHaveLength(1);
    expect(providers.inbox[0]?.subject).not.toContain('possibly again');
  });
  it('[F24] without saying whether it took the mail makes the next one possibly the second', async () => {
    const message = await paged();
    failWith('server');
    await receive(message);
    providers.works();
    await receive(message);
    expect(providers.inbox[0]?.subject).toContain('possibly again');
  });
});
