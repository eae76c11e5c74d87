import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readActivity } from '../../../functions/aws/integration-activity.ts';
import { table } from '../../../functions/aws/table.ts';
import { log } from '../../../functions/edge/log.ts';
import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import {
  HOUR,
  type IntegrationId,
  idOf,
  MINUTE,
  minuteOf,
  type OrganisationId,
  SECOND,
} from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { canaryHome } from '../../../shared/wiring/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { post, signal } from '../../support/signals.ts';

let world: FunctionWorld;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
let org: OrganisationId;
let integration: IntegrationId;
let now = T0;
let runs = 0;

beforeAll(async () => {
  world = await startWorld();
  const { handler } = await import('../../../functions/detection/detect.queue.ts');
  detect = world.as('Detect', handler);
  vi.spyOn(log, 'warn').mockReturnValue(undefined);
});
afterAll(() => world.stop());
beforeEach(async () => {
  org = idOf('organisation', T0, `limit ${runs++}`);
  integration = idOf('integration', T0, `limit ${runs}`);
  // A whole day apart, so that what one test writes is of no hour of another.
  now = T0 + runs * 24 * HOUR;
  world.setClock(now);
  world.forget();
  const row = { id: integration, name: 'Prometheus', source: 'generic', createdAt: 0, door: 'x' };
  await table.put({ ...schema.integration.key({ org, integration }), ...row });
});

let receipts = 0;
/** One POST with so many repetitions of an alert, sent in this second of the minute. */
const sentIn = (second: number, count: number): SignalsMessage => ({
  ...post(...Array.from({ length: count }, () => signal('disk', 'firing', 0, { at: now }))),
  ...{ org, integration, receipt: `limit-${++receipts}`, receivedAt: now + second * SECOND },
});

const handled = async (bodies: readonly object[]) => {
  const { batchItemFailures } = await detect(queueEvent('Alerts', bodies), lambdaContext);
  expect(batchItemFailures).toEqual([]);
};

/** Receives these in this minute, and goes on to where it has been counted, by two workers one after another. */
async function minute(...messages: readonly SignalsMessage[]): Promise<void> {
  for (let i = 0; i < messages.length; i += 10) await handled(messages.slice(i, i + 10));
  const counts = world.sent.filter(({ body }) => body.kind === 'count').map(({ body }) => body);
  now += MINUTE;
  world.setClock(now + 20 * SECOND);
  for (const body of [...counts, ...counts]) await handled([body]);
}

const alertsSent = () =>
  world.sent
    .filter(({ body }) => body.kind === 'signals')
    .map(({ body }) => (body as unknown as SignalsMessage).signals[0]);
const limits = () => world.sent.filter(({ body }) => body.kind === 'limit');
const activity = async () => (await readActivity(org, now + 20 * SECOND))(integration);

describe('what an integration sends', () => {
  it('is counted exactly, from all workers together, also when they do it again', async () => {
    await minute(sentIn(1, 3), sentIn(2, 4), sentIn(40, 5));
    world.forget();
    await minute(sentIn(0, 1));
    expect((await activity()).alerts).toEqual({ hour: 13, day: 13 });
    now += 3 * HOUR;
    world.setClock(now);
    expect((await activity()).alerts).toEqual({ hour: 0, day: 13 });
  });

  it('is not written of the canary, which sends every minute and whom nobody looks at', async () => {
    const own = { org: canaryHome.org, integration: canaryHome.integration };
    await minute({ ...sentIn(0, 3), ...own });
    const seen = (await readActivity(canaryHome.org, now + 20 * SECOND))(canaryHome.integration);
    expect(seen).toEqual({ alerts: { hour: 0, day: 0 } });
  });

  it('tells when it was last heard of, exact to ten seconds, and test alerts are not heard', async () => {
    await handled([sentIn(0, 1)]);
    expect((await activity()).lastSeenAt).toBe(now);
    const first = now;
    now += 9 * SECOND;
    world.setClock(now);
    await handled([sentIn(0, 1)]);
    expect((await activity()).lastSeenAt).toBe(first);
    now += SECOND;
    world.setClock(now);
    await handled([{ ...sentIn(0, 1), own: true }]);
    expect((await activity()).lastSeenAt).toBe(first);
    await handled([sentIn(0, 1)]);
    expect((await activity()).lastSeenAt).toBe(now);
  });
});

describe('[M19] an integration that sends more than its limit', () => {
  const storm = () => [0, 1, 2].map((second) => sentIn(second, 500));

  it('is told to its owner by an alert of its own, once a minute and by one name; every alert counts', async () => {
    await minute(...storm());
    expect(alertsSent().at(0)).toMatchObject({
      ...{ state: 'firing', severity: 'P3_MEDIUM' },
      title: 'Integration Prometheus sends more than 100 alerts a second',
    });
    expect(new Set(alertsSent().map((one) => one?.fingerprint)).size).toBe(1);
    const receiptsSent = world.sent
      .filter(({ body }) => body.kind === 'signals')
      .map(({ body }) => body.receipt);
    expect(new Set(receiptsSent).size).toBe(1);
    expect(await activity()).toMatchObject({ alerts: { hour: 1_500 }, overLimitAt: now });
  });

  it('is told that it is over once it was below for five minutes', async () => {
    await minute(...storm());
    const [{ body, delaySeconds } = { body: {}, delaySeconds: 0 }] = limits();
    expect(delaySeconds).toBeGreaterThanOrEqual(5 * 60);
    expect(delaySeconds).toBeLessThanOrEqual(7 * 60);
    world.forget();
    world.setClock(now + delaySeconds * SECOND);
    await handled([body]);
    expect(alertsSent()).toMatchObject([{ state: 'resolved', at: now + 5 * MINUTE }]);
  });

  it('is told that it is over also when it was deleted meanwhile, so that its incident ends', async () => {
    await minute(...storm());
    const [fired] = alertsSent();
    const [{ body } = { body: {} }] = limits();
    world.forget();
    await table.remove(schema.integration.key({ org, integration }));
    await handled([body]);
    expect(alertsSent()).toMatchObject([{ state: 'resolved', fingerprint: fired?.fingerprint }]);
  });

  it('is not told so while a later minute was over the limit, too', async () => {
    await minute(...storm());
    const [first] = limits();
    world.forget();
    await minute(...storm());
    const [later] = limits().filter(({ body }) => body.minute !== first?.body.minute);
    world.forget();
    await handled([first?.body ?? {}]);
    expect(alertsSent()).toEqual([]);
    await handled([later?.body ?? {}]);
    expect(alertsSent()).toMatchObject([{ state: 'resolved' }]);
  });

  it('says nothing for a burst of 1,000, nor for one that was deleted meanwhile', async () => {
    await minute(...[0, 1, 2, 3, 4].map(() => sentIn(7, 200)));
    expect([alertsSent(), limits()]).toEqual([[], []]);
    await table.remove(schema.integration.key({ org, integration }));
    await minute(...storm());
    expect([alertsSent(), limits()]).toEqual([[], []]);
  });

  it('is known by its minute, whichever worker counted it', async () => {
    await minute(...storm());
    const [{ body } = { body: {} }] = limits();
    expect(body).toEqual({
      ...{ kind: 'limit', org, integration, source: 'generic' },
      minute: minuteOf(now - MINUTE),
    });
  });
});
