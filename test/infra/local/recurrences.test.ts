import { expect, test } from 'vitest';
import { movingClock } from '../../../infra/local/clock.ts';
import { Recurrences } from '../../../infra/local/recurrences.ts';

const minute = 60_000;

test('what recurs runs with real time, and its failure does not end it', async () => {
  const clock = movingClock(Math.ceil(Date.now() / minute) * minute - 30);
  const ran = Promise.withResolvers<number>();
  const complaint = Promise.withResolvers<unknown>();
  const recurrences = new Recurrences(clock, complaint.resolve);
  recurrences.add({
    next: (after) => (Math.floor(after / 40) + 1) * 40,
    async run() {
      ran.resolve(clock.now());
      throw new Error('once');
    },
  });
  const again = Promise.withResolvers<void>();
  let runs = 0;
  recurrences.add({
    next: (after) => (Math.floor(after / 20) + 1) * 20,
    async run() {
      runs += 1;
      if (runs === 3) again.resolve();
    },
  });
  expect(await ran.promise).toBeLessThanOrEqual(clock.now());
  expect(String(await complaint.promise)).toContain('once');
  await again.promise;
  recurrences.stop();
});

test('while the clock is held nothing runs by itself, and runDue runs once what was due several times', async () => {
  const clock = movingClock(Date.parse('2027-03-01T09:00:30Z'));
  let runs = 0;
  const recurrences = new Recurrences(clock, () => undefined);
  recurrences.add({
    next: (after) => (Math.floor(after / minute) + 1) * minute,
    async run() {
      runs += 1;
    },
  });
  const follow = recurrences.hold();
  clock.move(5 * minute);
  expect(recurrences.lastWithin(clock.now() + 5 * minute)).toBe(Date.parse('2027-03-01T09:10:00Z'));
  await recurrences.runDue();
  await recurrences.runDue();
  expect(runs).toBe(1);
  follow();
  recurrences.stop();
});
