import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { movingClock } from '../../../infra/local/clock.ts';
import type { QueueEngine } from '../../../infra/local/engines/queue-engine.ts';
import { fastForwardTo, longestStretch } from '../../../infra/local/fast-forward.ts';
import { Recurrences } from '../../../infra/local/recurrences.ts';

const minute = 60_000;
const begin = Date.parse('2027-03-01T09:00:30Z');

/** A world with delayed messages and one schedule; tells at which minute after the beginning something ran. */
async function run(messages: readonly number[], forMinutes: number, period = 1) {
  const clock = movingClock(begin);
  const since = () => Math.round((clock.now() - begin) / minute);
  const seen: number[] = [];
  const runs: number[] = [];
  let waiting = messages.map((at) => begin + at * minute);
  const recurrences = new Recurrences(clock, () => undefined);
  recurrences.add({
    next: (after) => (Math.floor(after / (period * minute)) + 1) * period * minute,
    run: async () => void runs.push(since()),
  });
  const release = async () => {
    seen.push(...waiting.filter((at) => at <= clock.now()).map(() => since()));
    waiting = waiting.filter((at) => at > clock.now());
  };
  const quiet = async () => (waiting.length === 0 ? undefined : Math.min(...waiting));
  const queues = { release } as unknown as QueueEngine;
  await fastForwardTo(begin + forMinutes * minute, { clock, queues, recurrences, quiet });
  recurrences.stop();
  return { seen, runs, end: since() };
}

describe('moving the clock', () => {
  test('stops at each delayed message, at its time', async () => {
    const { seen, end } = await run([3, 15, 45], 60, 10_000);
    expect(seen).toEqual([3, 15, 45]);
    expect(end).toBe(60);
  });

  test('runs a minute schedule once in a stretch in which nothing else is due, and at least every fifteen minutes', async () => {
    const { runs } = await run([], 30);
    expect(runs).toEqual([15, 30]);
    expect(longestStretch).toBe(15 * minute);
  });

  test('runs it before each message that is due, too', async () => {
    const { seen, runs } = await run([4, 6], 10);
    expect(seen).toEqual([4, 6]);
    expect(runs).toEqual([4, 6, 10]);
  });

  test('runs a rare schedule at each of its times', async () => {
    expect((await run([], 180, 60)).runs).toEqual([60, 120, 180]);
  });

  test('whatever is due, every message is seen once, in order, at its time, and no stretch without a run is longer than fifteen minutes', async () => {
    const times = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(times, async (messages) => {
        const { seen, runs, end } = await run(messages, 300);
        expect(seen).toEqual([...messages].sort((a, b) => a - b));
        expect(end).toBe(300);
        const gaps = [...runs, end].map((at, index) => at - (runs[index - 1] ?? 0));
        expect(Math.max(...gaps)).toBeLessThanOrEqual(15);
      }),
      { numRuns: 50 },
    );
  });
});
