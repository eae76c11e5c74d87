import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { table } from '../../../functions/aws/table.ts';
import { idOf, minuteOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { post, signal } from '../../support/signals.ts';

let world: FunctionWorld;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
const { send } = DynamoDBDocumentClient.prototype;

beforeAll(async () => {
  world = await startWorld();
  ({ handler: detect } = await import('../../../functions/detection/detect.queue.ts'));
});
afterAll(() => world.stop());
afterEach(() => {
  vi.restoreAllMocks();
  world.forget();
});

type Call = Parameters<typeof send>[0];

/** Watches the calls to the table; `before` may wait or throw. */
function watch(before: (call: Call) => unknown) {
  const seen = { begun: 0, ended: 0, loads: 0 };
  vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async function (
    this: DynamoDBDocumentClient,
    ...[call, ...more]: unknown[]
  ) {
    seen.begun++;
    if (call instanceof BatchGetCommand) seen.loads++;
    try {
      await before(call as Call);
      return await Reflect.apply(send, this, [call, ...more]);
    } finally {
      seen.ended++;
    }
  });
  return seen;
}

async function quiet(): Promise<void> {
  const { log } = await import('../../../functions/edge/log.ts');
  for (const level of ['error', 'info'] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
}

const alertsOf = (org: OrganisationId, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...post(signal(`s${i}`, 'firing', 0, { at: T0, service: `svc${i}` })),
    ...{ org, receivedAt: T0 },
  }));

/** A minute with one signal that is to be counted, and the message that asks for it. */
async function uncounted(org: OrganisationId, dueAt: number) {
  const minute = minuteOf(T0) - 5;
  const line = { receipt: 'r', place: 0, fingerprint: 'f', state: 'firing', at: 1, receivedAt: 1 };
  const chunk = schema.minuteChunk.key({ org, minute, shard: 0, hash: 'x' });
  await table.put({ ...schema.uncountedMinute.key({ org, minute }), kind: 'uncounted', org, minute, dueAt });
  await table.put({ ...chunk, kind: 'signals', lines: [line] });
  return { kind: 'count', org, minute, dueAt };
}

const isCount = (call: Call) => call instanceof UpdateCommand && String(call.input.Key?.sk).startsWith('N#');

const failed = (ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a batch with alerts and a minute to be counted', () => {
  it.each([
    ['is early', T0 + 1, () => undefined],
    [
      'is refused by the table',
      T0 - 1,
      (call: Call) => {
        if (isCount(call)) throw new Error('slow down');
      },
    ],
  ])('that %s is decided once, and only the count comes again', async (why, dueAt, before) => {
    await quiet();
    const org = idOf('organisation', T0, `batch ${why}`);
    const message = await uncounted(org, dueAt);
    const seen = watch(before);
    expect(await detect(queueEvent('Alerts', [...alertsOf(org, 9), message]), lambdaContext)).toEqual(
      failed(['m9']),
    );
    expect(seen.loads).toBe(1);
  });

  it('decides and sends the count on, when the alerts took most of its time', async () => {
    const org = idOf('organisation', T0, 'slow');
    const message = await uncounted(org, T0 - 1);
    const late = { getRemainingTimeInMillis: () => 6_000 };
    expect(await detect(queueEvent('Alerts', [...alertsOf(org, 1), message]), late)).toEqual(failed([]));
    const again = world.sent.filter(({ body }) => body.kind === 'count' && body.minute === message.minute);
    expect(again).toEqual([{ queue: 'Alerts', body: message, delaySeconds: 5 }]);
  });
});

describe('a batch whose signals cannot be kept', () => {
  it('answers when nothing is under way any more, and what it opened is escalated', async () => {
    await quiet();
    const org = idOf('organisation', T0, 'frozen');
    const seen = watch(async (call) => {
      if (call instanceof PutCommand && call.input.Item?.kind === 'signals') throw new Error('no room');
      // A slow transaction: it begins before keeping fails, and ends long after.
      if (call instanceof TransactWriteCommand) for (let i = 0; i < 100; i++) await turn();
    });
    const answer = await detect(queueEvent('Alerts', alertsOf(org, 1)), lambdaContext);
    const { begun, ended } = seen;
    const sent = world.sent.length;
    expect([answer, begun - ended]).toEqual([failed(['m0']), 0]);
    expect(world.sent.map(({ queue }) => queue)).toEqual(['Escalation']);
    for (let i = 0; i < 300; i++) await turn();
    expect([seen.begun, world.sent.length]).toEqual([begun, sent]);
  });
});

const turn = () => new Promise(setImmediate);
