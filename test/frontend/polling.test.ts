import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Polled, startPolling } from '../../frontend/api/polling.ts';
import { Problem } from '../../frontend/api/problem.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** A poller each of whose questions is answered by hand. */
function polling() {
  const heard: Polled<string>[] = [];
  const questions: PromiseWithResolvers<string>[] = [];
  const signals: AbortSignal[] = [];
  const poller = startPolling<string>({
    every: 3_000,
    hear: (polled) => heard.push(polled),
    load: (signal) => {
      const question = Promise.withResolvers<string>();
      questions.push(question);
      signals.push(signal);
      return question.promise;
    },
  });
  const answer = async (value: string) => {
    questions.at(-1)?.resolve(value);
    await vi.advanceTimersByTimeAsync(0);
  };
  const fail = async (problem: unknown) => {
    questions.at(-1)?.reject(problem);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { poller, heard, questions, signals, answer, fail };
}

test('the next question comes three seconds after the answer, however long that took', async () => {
  const { questions, answer } = polling();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(questions).toHaveLength(1);
  await answer('one');
  await vi.advanceTimersByTimeAsync(2_999);
  expect(questions).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(questions).toHaveLength(2);
});

test('a failure keeps the last answer with its age, and the next answer clears the problem', async () => {
  const { heard, answer, fail } = polling();
  await answer('one');
  await vi.advanceTimersByTimeAsync(3_000);
  await fail(new Problem('no', 503));
  expect(heard.at(-1)).toEqual({ value: 'one', at: 0, problem: new Problem('no', 503) });
  await vi.advanceTimersByTimeAsync(3_000);
  await answer('two');
  expect(heard.at(-1)).toEqual({ value: 'two', at: 6_000 });
});

test('asked to hurry, it asks at once; while asking, right afterwards and never twice at a time', async () => {
  const { poller, questions, answer } = polling();
  poller.now();
  poller.now();
  expect(questions).toHaveLength(1);
  await answer('one');
  expect(questions).toHaveLength(2);
  await answer('two');
  poller.now();
  expect(questions).toHaveLength(3);
});

test('at rest it asks nothing until it is woken', async () => {
  const { poller, questions, answer } = polling();
  poller.rest();
  await answer('one');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(questions).toHaveLength(1);
  poller.now();
  expect(questions).toHaveLength(2);
});

test('stopped, it aborts its question and tells nobody what came of it', async () => {
  const { poller, heard, signals, answer } = polling();
  poller.stop();
  expect(signals[0]?.aborted).toBe(true);
  await answer('late');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual([]);
  expect(signals).toHaveLength(1);
});
