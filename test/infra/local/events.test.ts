import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../infra/local/core.ts';
import { type EventsApi, startEventsApi } from '../../../infra/local/events/api.ts';
import { eventBus } from '../../../infra/local/events/bus.ts';
import { schedule } from '../../../infra/local/resources/schedule.ts';
import { type FakeFunction, fakeArn, fakeWorld, made } from '../../support/fake-world.ts';
import { bucketEngine, type TestEngine } from '../../support/test-engines.ts';

let s3: TestEngine;
let api: EventsApi;
let client: EventBridgeClient;
let world: (Core & { readonly lines: string[] }) | undefined;
const heard: Record<string, unknown>[] = [];
let fails = 0;
const taker: FakeFunction = (event) => {
  if (fails > 0) {
    fails -= 1;
    throw new Error('not now');
  }
  heard.push(event);
  return null;
};

beforeAll(async () => {
  s3 = await bucketEngine('given-up');
  api = await startEventsApi(() => world);
  client = new EventBridgeClient({
    ...{ endpoint: api.endpoint, region: 'eu-central-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  client.destroy();
  await api.stop();
  await s3.stop();
});
beforeEach(() => {
  heard.length = 0;
  fails = 0;
});

const rule = (properties: object) =>
  made('Rule', 'AWS::Events::Rule', { Targets: [{ Arn: fakeArn('Taker') }], ...properties });
const invoking = (properties: object) =>
  made('Invoking', 'AWS::Lambda::EventInvokeConfig', { FunctionName: 'Taker', ...properties });

/** A world with this rule, and what is under way in it. */
async function start(declared: ReturnType<typeof rule>, others: readonly ReturnType<typeof made>[] = []) {
  const under: Promise<unknown>[] = [];
  const fake = fakeWorld({
    resources: [declared, ...others],
    functions: { Taker: taker },
    engines: { s3: s3.url },
  });
  const busy = <T>(work: () => Promise<T>): Promise<T> => {
    const done = work();
    under.push(done);
    return done;
  };
  world = { ...fake, busy, bus: eventBus(), paused: [] } as unknown as NonNullable<typeof world>;
  await schedule.start?.(declared, world);
  return { lines: fake.lines, settled: () => Promise.all(under) };
}
const put = (
  ...entries: { Source?: string; DetailType?: string; Detail?: string; EventBusName?: string }[]
) => client.send(new PutEventsCommand({ Entries: entries }));
const alarm = {
  Source: 'aws.cloudwatch',
  DetailType: 'CloudWatch Alarm State Change',
  Detail: '{"alarmName":"a"}',
};
const pattern = { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] };

describe('an event that is put on the bus', () => {
  test('goes to the function whose rule fits, in the form that EventBridge gives it', async () => {
    const { settled } = await start(rule({ EventPattern: pattern }));
    const { Entries: [entry] = [], FailedEntryCount } = await put({ ...alarm });
    await settled();
    expect(FailedEntryCount).toBe(0);
    expect(heard).toEqual([
      {
        ...{ version: '0', id: entry?.EventId, 'detail-type': alarm.DetailType, source: 'aws.cloudwatch' },
        ...{ account: '123456789012', region: 'eu-central-1', resources: [], detail: { alarmName: 'a' } },
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    ]);
  });

  test.each([
    ['by another source', { source: ['aws.ec2'] }, 0],
    ['by the beginning of a source', { source: [{ prefix: 'aws.' }] }, 1],
    ['by what its detail says', { detail: { alarmName: ['a'] } }, 1],
    ['by what its detail does not say', { detail: { alarmName: [{ 'anything-but': ['a'] }] } }, 0],
    ['by how its detail does not begin', { detail: { alarmName: [{ 'anything-but': { prefix: 'b' } }] } }, 1],
    ['by a field that is not there', { detail: { state: [{ exists: true }] } }, 0],
  ])('is chosen %s: %j → %i', async (_, EventPattern, times) => {
    const { settled } = await start(rule({ EventPattern }));
    await put({ ...alarm });
    await settled();
    expect(heard).toHaveLength(times);
  });

  test('is refused alone where it is none, and the others go on', async () => {
    const { settled } = await start(rule({ EventPattern: pattern }));
    const answer = await put(
      { ...alarm, Detail: '[1]' },
      alarm,
      { Source: 'x' },
      { ...alarm, EventBusName: 'own' },
    );
    await settled();
    expect(answer.FailedEntryCount).toBe(3);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'MalformedDetail',
      undefined,
      'InvalidArgument',
      'InvalidArgument',
    ]);
    expect(heard).toHaveLength(1);
  });

  test('is refused with what is allowed where there are none, or where something else is asked', async () => {
    await start(rule({ EventPattern: pattern }));
    await expect(put()).rejects.toThrow('Entries must be a list of 1 to 10 events');
    const headers = { 'x-amz-target': 'AWSEvents.ListRules' };
    const answer = await fetch(api.endpoint, { method: 'POST', headers, body: '{}' });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('has only PutEvents'),
    ]);
  });

  test('is not taken before the system has started', async () => {
    world = undefined;
    await expect(put(alarm)).rejects.toThrow('has not started yet');
  });
});

describe('a function that fails', () => {
  test('gets the event again, and takes it', async () => {
    const { settled } = await start(rule({ EventPattern: pattern }));
    fails = 2;
    await put(alarm);
    await settled();
    expect(heard).toHaveLength(1);
  });

  test('to the end leaves it in its bucket, in the form that Lambda gives it', async () => {
    const OnFailure = { Destination: 'arn:aws:s3:::given-up' };
    const { settled, lines } = await start(rule({ EventPattern: pattern }), [
      invoking({ MaximumRetryAttempts: 1, DestinationConfig: { OnFailure } }),
    ]);
    fails = 2;
    await put(alarm);
    await settled();
    expect(lines.join()).toContain('gave up an event: not now');
    const [, key = ''] =
      /<Key>([^<]+)/.exec(await (await fetch(`${s3.url}/given-up?list-type=2`)).text()) ?? [];
    expect(key).toMatch(/^aws\/lambda\/async\/Taker\/\d{4}\/\d\d\/\d\d\//);
    expect(await (await fetch(`${s3.url}/given-up/${key}`)).json()).toMatchObject({
      requestContext: { functionArn: `${fakeArn('Taker')}:$LATEST`, approximateInvokeCount: 2 },
      requestPayload: { detail: { alarmName: 'a' } },
    });
  });

  test('to the end without a bucket is told, and a destination that is none here too', async () => {
    for (const Destination of [undefined, 'arn:aws:sns:eu-central-1:123456789012:lost']) {
      const { settled, lines } = await start(rule({ EventPattern: pattern }), [
        invoking({
          MaximumRetryAttempts: 0,
          ...(Destination && { DestinationConfig: { OnFailure: { Destination } } }),
        }),
      ]);
      fails = 1;
      await put(alarm);
      await settled();
      expect(lines.join()).toMatch(Destination === undefined ? /gave up/ : /has no destination arn:aws:sns/);
    }
  });
});

describe('a rule', () => {
  test('without a target that is a function, or whose pattern nobody knows, does not start', async () => {
    await expect(start(rule({ EventPattern: pattern, Targets: [{ Arn: 'arn:aws:sqs:x' }] }))).rejects.toThrow(
      'invokes functions only',
    );
    await expect(start(rule({ EventPattern: { source: [{ wildcard: '*' }] } }))).rejects.toThrow(
      'does not know the filter rule',
    );
  });

  test('that is disabled waits for nothing', async () => {
    const { settled } = await start(rule({ EventPattern: pattern, State: 'DISABLED' }));
    await put(alarm);
    await settled();
    expect(heard).toEqual([]);
  });
});
