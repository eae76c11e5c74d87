import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createActivity } from '../../../infra/local/activity.ts';
import type { QueueState } from '../../../infra/local/engines/queue-engine.ts';
import { quiet } from '../../../infra/local/quiet.ts';

const none: QueueState = { ready: 0, nextDue: undefined };

/** Waits for rest among these, while a minute and a second pass. */
async function wait(states: () => Promise<QueueState[]>, ends: readonly (() => Promise<boolean>)[] = []) {
  const activity = createActivity();
  const readers = ends.map((atEnd) => ({ atEnd }));
  const found = quiet({ activity, readers, queues: { state: states }, watchedQueues: new Set(['Q']) }).catch(
    String,
  );
  await vi.advanceTimersByTimeAsync(61_000);
  return found;
}

describe('waiting until nothing happens', () => {
  beforeEach(() => void vi.useFakeTimers({ toNotFake: ['nextTick', 'queueMicrotask'] }));
  afterEach(() => void vi.useRealTimers());

  test('gives the instant of the next message once no stream and no queue has anything left', async () => {
    const waiting = [2, 1, 0];
    const states = async () => [{ ready: waiting.shift() ?? 0, nextDue: 7 }];
    const ends = [false, true];
    expect(await wait(states, [async () => ends.shift() ?? true])).toBe(7);
    expect([waiting, ends]).toEqual([[], []]);
  });

  const before = 'Error: The system has not come nearer to rest for 60 s; work under way: 0, ';
  test.each([
    ['a message that nobody takes', async () => [{ ...none, ready: 1 }], [], 'messages waiting: 1'],
    [
      'a stream that nobody reads on',
      async () => [none],
      [async () => false],
      'streams not read to their end: 1',
    ],
    ['a queue that does not answer', () => new Promise<QueueState[]>(() => undefined), [], 'does not answer'],
  ])('gives up after a minute over %s, and says so', async (_, states, ends, what) => {
    const found = await wait(states, ends);
    expect(found).toContain(before);
    expect(found).toContain(what);
  });
});
