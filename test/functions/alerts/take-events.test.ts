import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IntegrationRow } from '../../../functions/alerts/integration-row.ts';
import { isOwnAlarm } from '../../../functions/alerts/own-alarm.ts';
import type { handler as Handler } from '../../../functions/alerts/take-events.event.ts';
import { table } from '../../../functions/aws/table.ts';
import { log } from '../../../functions/edge/log.ts';
import { digest, idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { fixture, receivedAt } from '../../support/alert-fixture.ts';
import { type FunctionWorld, startWorld } from '../../support/function-world.ts';

const org = idOf('organisation', receivedAt, 'events');
const integration = idOf('integration', receivedAt, 'events');
const info = vi.spyOn(log, 'info').mockReturnValue(undefined);
let world: FunctionWorld;
let handler: typeof Handler;
let now = receivedAt;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/alerts/take-events.event.ts'));
});
afterAll(() => world.stop());
beforeEach(() => {
  // Long enough that nothing is remembered of the test before.
  now += 5 * MINUTE;
  world.setClock(now);
  world.forget();
  info.mockClear();
});

/** The integration as its row says, found under the name of the account; left out, there is none. */
async function wanted(more: Partial<IntegrationRow> | undefined, id = integration): Promise<void> {
  const { accountDoor } = await import('../../../functions/alerts/account-door.ts');
  const { sha256 } = await import('../../../functions/aws/random.ts');
  const row = {
    id,
    name: 'account',
    source: 'eventbridge',
    createdAt: receivedAt,
    door: digest('x'),
  };
  const door = { kind: 'integration', org, id, name: 'account', source: 'eventbridge' };
  await table.put({ ...schema.keyDoor.key({ hash: sha256(accountDoor) }), ...door });
  const key = schema.integration.key({ org, integration: id });
  if (more === undefined) await table.remove(key);
  else await table.put({ ...key, ...row, ...more });
}
const take = (body: unknown) => world.as('TakeEvents', handler)(body);
const event = (name: string, more: object = {}) => ({
  ...(fixture(`eventbridge/${name}`) as object),
  ...more,
});
const lines = () => info.mock.calls.map(([line]) => line);

describe('an event of the account', () => {
  it('is an alert of the integration that wants it, once however often it is delivered', async () => {
    await wanted({});
    await take(event('alarm'));
    await take(event('alarm'));
    const [first, again] = world.sent;
    expect(first).toMatchObject({
      queue: 'Alerts',
      body: {
        ...{ kind: 'signals', org, integration, source: 'eventbridge' },
        ...{ receipt: 'event-7bf73129-1428-4cd3-a780-95db273d1601', signals: [{ title: 'orders-backlog' }] },
      },
    });
    expect(again?.body.receipt).toBe(first?.body.receipt);
    expect(lines()).toEqual(['event taken', 'event taken']);
  });

  it('of a deployment is a change', async () => {
    await wanted({});
    await take(event('deployment-failed'));
    expect(world.sent).toMatchObject([{ body: { kind: 'aside', changes: [{ kind: 'deployment' }] } }]);
  });

  it('is read as the options of the integration say by now', async () => {
    const few = event('alarm', { detail: { alarmName: 'a', state: { value: 'INSUFFICIENT_DATA' } } });
    await wanted({});
    await take(few);
    expect(world.sent).toEqual([]);
    await wanted({ options: { insufficientData: 'fire' } });
    await take(few);
    expect(world.sent).toHaveLength(1);
  });

  it('is taken by the integration that replaced another a moment ago', async () => {
    await wanted({});
    await take(event('alarm'));
    await wanted(undefined);
    await take(event('alarm'));
    const next = idOf('integration', receivedAt, 'next');
    await wanted({}, next);
    await take(event('alarm'));
    expect(world.sent.map(({ body }) => body.integration)).toEqual([integration, next]);
  });

  it('is taken at once also where it was just looked up that nobody wants any', async () => {
    const { accountDoor } = await import('../../../functions/alerts/account-door.ts');
    const { sha256 } = await import('../../../functions/aws/random.ts');
    await table.remove(schema.keyDoor.key({ hash: sha256(accountDoor) }));
    await take(event('alarm'));
    expect(lines()).toEqual(['event left out: no integration wants it']);
    await wanted({});
    await take(event('alarm'));
    expect(world.sent).toHaveLength(1);
  });

  it.each([
    ['was deleted', undefined],
    ['is paused', { paused: true }],
  ])('is left out with a line where the integration %s', async (_, more) => {
    await wanted(more);
    await take(event('alarm'));
    expect(world.sent).toEqual([]);
    expect(lines()).toEqual(['event left out: no integration wants it']);
  });

  it('of an alarm of this system is left out, so that no alarm wakes itself', async () => {
    await wanted({});
    const detail = { alarmName: 'Test-AlarmsalertsAge7B1C2D3E-1ABCDEFGHIJKL', state: { value: 'ALARM' } };
    await take(event('alarm', { detail }));
    expect(world.sent).toEqual([]);
    expect(lines()).toEqual(['event left out: an alarm of this system']);
  });

  it('that is none is kept as a generic alert, under a name of its own', async () => {
    await wanted({});
    await take('nonsense');
    expect(world.sent).toMatchObject([{ body: { receipt: 'event-without-a-name' } }]);
  });

  it('that cannot be stored fails, so that Lambda brings it again', async () => {
    await wanted({});
    const fault = vi.spyOn(log, 'error').mockReturnValue(undefined);
    const queue = vi.spyOn(world.sent, 'push').mockImplementation(() => {
      throw new Error('no queue');
    });
    const put = vi.spyOn(table, 'put').mockRejectedValue(new Error('no table'));
    await expect(take(event('alarm'))).rejects.toThrow('The alert could not be stored');
    put.mockRestore();
    queue.mockRestore();
    fault.mockRestore();
  });
});

describe('an alarm of this system', () => {
  it.each([
    ['Incidents-AlarmsSweepSilent1A2B3C4D-ABCDEFGHIJKL', true],
    ['Incidents-AlarmsSweepSilent1A2B3C4D-1ABCDEFGHIJKL', true],
    ['Incidents-checkout-errorrate5xx', false],
    ['Incidents-AlarmsOfCheckout-errorrate5xx', false],
    ['Incidents-CheckoutErrors1A2B3C4D-ABCDEFGHIJKL', false],
    ['Incidents-checkout', false],
    ['Incidents-prod-checkout-errors', false],
    ['IncidentsOfOthers-AlarmsSweepSilent1A2B3C4D-ABCDEFGHIJKL', false],
    ['checkout', false],
  ])('%s is one: %s', (name, own) => {
    expect(isOwnAlarm(name, 'Incidents')).toBe(own);
  });
});
