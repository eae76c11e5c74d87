import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readChanges } from '../../../functions/aws/changes.ts';
import { listOpen } from '../../../functions/aws/incident-lists.ts';
import { eachSignal } from '../../../functions/aws/signals.ts';
import { log } from '../../../functions/edge/log.ts';
import type { AsideMessage, SignalsMessage } from '../../../shared/alerts/index.ts';
import {
  DAY,
  digest,
  idOf,
  MINUTE,
  minuteOf,
  type OrganisationId,
  SECOND,
} from '../../../shared/kernel/index.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { integration, post, signal } from '../../support/signals.ts';

let world: FunctionWorld;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
let org: OrganisationId;
let now = T0;
let runs = 0;

beforeAll(async () => {
  world = await startWorld();
  const { handler } = await import('../../../functions/detection/detect.queue.ts');
  detect = world.as('Detect', handler);
  vi.spyOn(log, 'warn').mockReturnValue(undefined);
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `taken ${runs++}`);
  now = T0;
  world.setClock(now);
});

/** What one more POST of the same delivery becomes. */
const delivered = (receipt: string, more: Partial<SignalsMessage> = {}): SignalsMessage => ({
  ...post(signal('disk', 'firing', 0)),
  ...{ org, receipt, receivedAt: now, delivery: digest('event-1', '0') },
  ...more,
});

/** Hands messages over, as many batches at once as there are lists; tells how many of them failed. */
async function receive(...batches: readonly (readonly (SignalsMessage | AsideMessage)[])[]) {
  const answers = await Promise.all(
    batches.map((batch) => detect(queueEvent('Alerts', batch), lambdaContext)),
  );
  return answers.flatMap(({ batchItemFailures }) => batchItemFailures).length;
}

async function signalsOf(minute = minuteOf(T0)): Promise<number> {
  const names = new Set<string>();
  await eachSignal(org, minute, ({ receipt, place }) => names.add(`${receipt} ${place}`));
  return names.size;
}
const open = async () => (await listOpen(org)).length;
const named = (count: number) => Array.from({ length: count }, (_, i) => `receipt-${i}`);

describe('a delivery that its sender names', () => {
  it.each([2, 10, 100])('[F5] that comes %i times in parallel is one alert, counted once', async (times) => {
    const messages = named(times).map((receipt) => delivered(receipt));
    const batches = Array.from({ length: Math.ceil(times / 10) }, (_, i) =>
      messages.slice(i * 10, i * 10 + 10),
    );
    expect(await receive(...batches)).toBe(0);
    expect([await open(), await signalsOf()]).toEqual([1, 1]);
  });

  it.each([
    ['10 minutes', 10 * MINUTE],
    ['a day', DAY],
  ])(
    '[F6] that is played again after %s changes nothing, also once its alert is resolved',
    async (_, later) => {
      await receive([delivered('first')]);
      const resolved = { ...delivered('resolve'), delivery: digest('event-2', '0') };
      await receive([{ ...resolved, signals: [signal('disk', 'resolved', 30)] }]);
      now += later;
      world.setClock(now);
      const before = world.sent.length;
      expect(await receive([delivered('played-again'), { ...resolved, receipt: 'also-again' }])).toBe(0);
      expect(await signalsOf(minuteOf(now))).toBe(0);
      expect(world.sent.slice(before).filter(({ body }) => body.kind === 'escalate')).toEqual([]);
    },
  );

  it('is known for three days, by time and not by when the store deletes it', async () => {
    await receive([delivered('first')]);
    now += 3 * DAY;
    world.setClock(now);
    await receive([delivered('in-time')]);
    expect(await signalsOf(minuteOf(now))).toBe(0);
    now += SECOND;
    world.setClock(now);
    await receive([delivered('later')]);
    expect(await signalsOf(minuteOf(now))).toBe(1);
  });

  it('[F21] that the queue brings twice goes on both times: a worker may have died in between', async () => {
    const message = delivered('only-receipt');
    expect(await receive([message], [message])).toBe(0);
    expect(await receive([message])).toBe(0);
    expect([await open(), await signalsOf()]).toEqual([1, 1]);
  });

  it('is that of its integration and of its part: another of either is another delivery', async () => {
    const other = idOf('integration', T0, 'other');
    await receive([
      delivered('a'),
      delivered('b', { integration: other }),
      delivered('c', { delivery: digest('event-1', '1') }),
    ]);
    expect(await signalsOf()).toBe(3);
  });

  it('with changes is kept once', async () => {
    const change = { kind: 'deployment', title: 'v2', at: T0 } as const;
    const aside = (receipt: string): AsideMessage => ({
      ...{
        kind: 'aside',
        org,
        integration,
        source: 'generic',
        product: 'Any JSON',
        receivedAt: T0,
        remarks: [],
        changes: [change],
      },
      ...{ receipt, delivery: digest('event-1', 'aside') },
    });
    expect(await receive([aside('a'), aside('b')], [aside('c')])).toBe(0);
    const { changes } = await readChanges(org, { from: T0 - DAY, to: T0 + DAY, limit: 10 });
    expect(changes).toHaveLength(1);
  });
});

describe('a delivery without a name', () => {
  it('counts each time, and costs no look-up', async () => {
    const nameless = ({ delivery: _, ...rest }: SignalsMessage) => rest;
    await receive(named(3).map((receipt) => nameless(delivered(receipt))));
    expect([await open(), await signalsOf()]).toEqual([1, 3]);
  });
});
