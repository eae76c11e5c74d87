import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readCounts, writeCount } from '../../../functions/aws/counts.ts';
import { table } from '../../../functions/aws/table.ts';
import {
  countedUntil,
  isUncounted,
  markCounted,
  markMinute,
  uncountedMinutes,
} from '../../../functions/aws/uncounted.ts';
import { count } from '../../../functions/detection/count.ts';
import type { Ports } from '../../../functions/detection/ports.ts';
import { NotNow } from '../../../functions/edge/queue.ts';
import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import { DAY, HOUR, type Instant, MINUTE, minuteOf, SECOND } from '../../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../../shared/table/index.ts';
import type { CountMessage } from '../../../shared/wiring/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

let engine: { stop(): Promise<void> };
/** DETECTION_RUNS=300 asks for more than every run of the tests can afford. */
const RUNS = Number(process.env.DETECTION_RUNS ?? 25);

let runs = 0;
let turn = 0;

type Keep = typeof import('../../../functions/detection/keep.ts').keep;
/** Two environments of the function: neither knows what the other has seen to. */
const environments: Keep[] = [];

beforeAll(async () => {
  engine = await startDynamoDb();
  for (let i = 0; i < 2; i++) {
    vi.resetModules();
    environments.push((await import('../../../functions/detection/keep.ts')).keep);
  }
});
afterAll(() => engine.stop());

/** An invocation that has just begun. */
const fresh = () => 10 * SECOND;

async function countAll(messages: readonly CountMessage[], ports: World['ports']): Promise<void> {
  for (const message of messages) await count(message, ports, fresh);
}

/** Keeping and counting as they run, on the table engine: only the queue is a list and the time is a number. */
class World {
  readonly org: `org_${string}` = `org_COUNT${++runs}`;
  now: Instant = epoch;
  waiting: CountMessage[] = [];
  readonly ports: Pick<Ports, 'now' | 'sendAlertQueue'> = {
    now: () => this.now,
    sendAlertQueue: async (messages) => {
      this.waiting.push(...messages.map(({ body }) => body as CountMessage));
    },
  };

  /** In one environment or the other. */
  async keep(...messages: readonly SignalsMessage[]): Promise<void> {
    await environments[turn++ % environments.length]?.(this.org, messages, this.ports);
  }

  /** What is due, all at once and some of it twice. */
  async count(): Promise<void> {
    const due = this.waiting.filter(({ dueAt }) => dueAt <= this.now);
    this.waiting = this.waiting.filter(({ dueAt }) => dueAt > this.now);
    await Promise.all([due, due.slice(0, 1)].map((messages) => countAll(messages, this.ports)));
    if (this.waiting.some(({ dueAt }) => dueAt <= this.now)) await this.count();
  }

  /** How often each of these alerts was received, and until when that is certain. */
  async read(...names: readonly string[]) {
    const minutes = [minuteOf(epoch) - 60, minuteOf(this.now) + 60] as const;
    const until = await countedUntil(this.org, this.now);
    const counts = await readCounts(this.org, names.map(fingerprint), { minutes, now: this.now, until });
    const received = names.map((name) => counts?.get(fingerprint(name))?.received);
    return { received, until };
  }
}

const names = ['a', 'b', 'c'];
/** A delivery: what it is about, when it was sent, how late it comes, and whether it comes again. */
const delivery = fc.record({
  alerts: fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
  sent: fc.integer({ min: 0, max: 150 }),
  late: fc.constantFrom<number | 'due'>(0, 0, 1, 20, 'due', 'due', 70, 7_200),
  again: fc.option(fc.constantFrom(0, 13, 30, 100, 8_000)),
});

describe('counts of signals on the table engine', () => {
  it('[F5] [F17] are exact for any order, repetition, division and lateness, with counting at any moment between', async () => {
    const play = async (plans: readonly (typeof delivery extends fc.Arbitrary<infer T> ? T : never)[]) => {
      const world = new World();
      const arrivals = plans.flatMap(({ alerts, sent, late, again }) => {
        const message = post(...alerts.map((name) => signal(name, 'firing', sent)));
        // At the very moment at which its minute is counted.
        const first = late === 'due' ? 75 - (sent % 60) : late;
        return [first, ...(again === null ? [] : [first + again])].map((seconds) => ({
          message,
          at: message.receivedAt + seconds * SECOND,
        }));
      });
      for (const { message, at } of arrivals.sort((a, b) => a.at - b.at)) {
        world.now = at;
        await Promise.all([world.keep(message), world.count()]);
      }
      world.now += MINUTE + 20 * SECOND;
      await world.count();
      const all = plans.flatMap(({ alerts }) => alerts);
      const received = names.map((name) => all.filter((one) => one === name).length);
      const until = Math.floor(world.now / MINUTE) * MINUTE;
      expect(await world.read(...names)).toEqual({ received, until });
    };
    await fc.assert(fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 8 }), play), {
      numRuns: RUNS,
    });
  }, 60_000);

  it('are the sum of what several workers kept, of which one message brings the count', async () => {
    const world = new World();
    const messages = Array.from({ length: 40 }, () =>
      post(signal('a', 'firing', 0), signal('b', 'firing', 0)),
    );
    await Promise.all(messages.map((message) => world.keep(message)));
    expect(world.waiting).toHaveLength(1);
    expect(await world.read('a')).toEqual({ received: [0], until: epoch });
    world.now = epoch + 75 * SECOND;
    await world.count();
    expect(await world.read('a', 'b')).toEqual({ received: [40, 40], until: epoch + MINUTE });
  });

  it('are taken again of a minute to which something is added while it is counted', async () => {
    const world = new World();
    await world.keep(post(signal('a', 'firing', 0)));
    const [first] = world.waiting;
    if (!first) throw new Error('nothing to count');
    world.now = first.dueAt;
    expect(await isUncounted(first)).toBe(true);
    await world.keep(post(signal('a', 'firing', 0)));
    await markCounted(first);
    expect(await isUncounted(first)).toBe(false);
    expect(world.waiting.map(({ dueAt }) => dueAt)).toEqual([first.dueAt, first.dueAt + 15 * SECOND]);
    expect((await world.read('a')).until).toBe(epoch);
    world.now += 15 * SECOND;
    await world.count();
    expect(await world.read('a')).toEqual({ received: [2], until: epoch + MINUTE });
  });

  it('never fall, when one who read less writes later', async () => {
    const world = new World();
    const count = (received: number) =>
      writeCount(world.org, minuteOf(epoch), fingerprint('a'), { received, lastAt: epoch + received });
    for (const received of [3, 2, 3, 1]) await count(received);
    const minutes = [minuteOf(epoch), minuteOf(epoch)] as const;
    const counts = await readCounts(world.org, [fingerprint('a')], { minutes, now: epoch, until: epoch });
    expect(counts?.get(fingerprint('a'))).toEqual({ received: 3, lastAt: epoch + 3 });
  });

  it('are not asked for before what is to be counted is kept', async () => {
    const world = new World();
    const unlike = Array.from({ length: 20_000 }, (_, i) => fingerprint(String(i))).join('');
    const tooLarge = { ...post(signal('a', 'firing', 0)), receipt: unlike };
    world.now = epoch + 2 * MINUTE;
    await expect(world.keep(tooLarge)).rejects.toThrow();
    expect(world.waiting).toEqual([]);
    expect((await world.read('a')).until).toBe(epoch + 2 * MINUTE);
  });

  it('of an hour are one item of a few kilobytes, found over a short time and over a long one', async () => {
    const world = new World();
    const [minute, fp] = [minuteOf(epoch), fingerprint('a')];
    const numbers = Array.from({ length: 60 }, (_, i) => i);
    const count = { received: 999_999, lastAt: epoch };
    await Promise.all(numbers.map((i) => writeCount(world.org, minute + i, fp, count)));
    const hour = await table.get(schema.hourCount.key({ org: world.org, fp, hour: minute / 60 }));
    expect(JSON.stringify(hour).length).toBeLessThan(4_096);
    const read = (from: number, to: number) =>
      readCounts(world.org, [fp], { minutes: [from, to], now: epoch, until: epoch }).then(
        (counts) => counts?.get(fp)?.received,
      );
    expect(await read(minute, minute + 59)).toBe(60 * 999_999);
    expect(await read(minute + 1, minute + 2)).toBe(2 * 999_999);
    expect(await read(minute - 6_000 * 60, minute + 59)).toBe(60 * 999_999);
    expect(await read(minute - 60, minute - 1)).toBe(0);
  });

  it('are not known where they are too long ago', async () => {
    const minute = minuteOf(epoch);
    const read = (now: Instant) =>
      readCounts('org_NONE', ['a'], { minutes: [minute - 60, minute], now, until: now });
    expect((await read(epoch + 398 * DAY))?.size).toBe(1);
    expect(await read(epoch + 401 * DAY)).toBeUndefined();
  });

  it('are not begun when too little of the invocation is left: they are sent on', async () => {
    const world = new World();
    await world.keep(post(signal('a', 'firing', 0)));
    world.now = epoch + 75 * SECOND;
    const [message] = world.waiting.splice(0);
    if (!message) throw new Error('nothing to count');
    await count(message, world.ports, () => 6 * SECOND);
    expect(world.waiting).toEqual([message]);
    expect(await world.read('a')).toEqual({ received: [0], until: epoch });
    await world.count();
    expect(await world.read('a')).toEqual({ received: [1], until: epoch + MINUTE });
  });

  it('[F22] that always fail are tried less and less often, and no other loses its turn', async () => {
    const world = new World();
    const [org, limit] = [world.org, 5];
    const shard = shardOf(`${org} ${minuteOf(epoch)}`, shards.due);
    const before = Array.from({ length: 400 }, (_, i) => minuteOf(epoch) - 1 - i);
    const bad = before.filter((minute) => shardOf(`${org} ${minute}`, shards.due) === shard).slice(0, limit);
    expect(bad).toHaveLength(limit);
    for (const minute of bad) {
      const chunk = schema.minuteChunk.key({ org, minute, shard: 0, hash: 'broken' });
      await table.put({ ...chunk, kind: 'signals', lines: 7 });
      await markMinute(org, minute, epoch - MINUTE);
    }
    await world.keep(post(signal('a', 'firing', 0)));
    let tries = 0;
    for (world.now = epoch; world.now < epoch + 2 * HOUR; world.now += MINUTE) {
      for (const minute of await uncountedMinutes(shard, world.now - MINUTE, limit)) {
        tries++;
        await count({ kind: 'count', ...minute }, world.ports, fresh).catch((fault) => {
          expect(fault).toBeInstanceOf(TypeError);
        });
      }
    }
    expect(tries - 1).toBeLessThanOrEqual(limit * 7);
    expect(tries - 1).toBeGreaterThanOrEqual(limit * 5);
    const { received, until } = await world.read('a');
    // What cannot be counted is not said to be.
    expect([received, until]).toEqual([[1], Math.min(...bad) * MINUTE]);
  });

  it('wait until what was kept can be read, also for a message that comes early', async () => {
    const world = new World();
    await world.keep(post(signal('a', 'firing', 0)));
    await expect(countAll(world.waiting, world.ports)).rejects.toThrow(NotNow);
    expect(await world.read('a')).toEqual({ received: [0], until: epoch });
  });

  it('are counted anew for what comes hours later, and never fall', async () => {
    const world = new World();
    await world.keep(post(signal('a', 'firing', 0)));
    const stale = world.waiting;
    world.now = epoch + 2 * MINUTE;
    await world.count();
    const late = { ...post(signal('a', 'firing', 1)), receivedAt: epoch + SECOND };
    world.now = epoch + 3 * HOUR;
    await world.keep(late);
    expect(await world.read('a')).toEqual({ received: [1], until: epoch });
    world.waiting.push(...stale);
    await world.count();
    expect(await world.read('a')).toEqual({ received: [1], until: epoch });
    world.now += 15 * SECOND;
    await world.count();
    expect(await world.read('a')).toEqual({ received: [2], until: epoch + 3 * HOUR });
  });

  it('of a minute with more alerts than one run may take go on in another, each once', async () => {
    const world = new World();
    const many = Array.from({ length: 120 }, (_, i) => `alert ${i}`);
    await world.keep(post(...many.map((name) => signal(name, 'firing', 0))));
    const [message] = world.waiting;
    if (!message) throw new Error('nothing to count');
    let hops = 0;
    world.waiting = [];
    for (let next: CountMessage | undefined = message; next; next = world.waiting.shift()) {
      // Each look at the time takes two seconds of the three that a run has.
      let looks = 0;
      await count(next, { ...world.ports, now: () => epoch + 90 * SECOND + 2 * SECOND * looks++ }, fresh);
      hops++;
    }
    expect(hops).toBeGreaterThan(2);
    expect(hops).toBeLessThanOrEqual(5);
    world.now = epoch + 2 * MINUTE;
    expect(await world.read(...many)).toEqual({ received: many.map(() => 1), until: epoch + 2 * MINUTE });
  });
});
