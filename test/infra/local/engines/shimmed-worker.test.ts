import { afterAll, beforeAll, expect, test } from 'vitest';
import { movingClock } from '../../../../infra/local/clock.ts';
import { type ShimmedWorker, startShimmed } from '../../../../infra/local/engines/shimmed-worker.ts';

const clock = movingClock(Date.parse('2027-03-01T09:00:00Z'));
const url = new URL('./shimmed-module.ts', import.meta.url);
let worker: ShimmedWorker;
beforeAll(async () => {
  worker = await startShimmed(url, { colour: 'red' }, clock);
});
afterAll(() => worker.stop());

test('a service in a shimmed worker gets its options, and listens on this machine only', () => {
  expect(worker.ready).toMatchObject({ options: { colour: 'red' }, address: { address: '127.0.0.1' } });
});

test('a service in a shimmed worker reads the clock of the runner in every way there is to ask Date', async () => {
  clock.move(7 * 86_400_000);
  const told = (await worker.ask('time')) as Record<string, number | string>;
  for (const instant of [told.now, told.sub, Date.parse(String(told.made)), Date.parse(String(told.text))]) {
    expect(Math.abs(Number(instant) - clock.now())).toBeLessThan(1_500);
  }
  const given = [2027, Date.parse('2027-01-01'), Date.UTC(2027), Number.NaN];
  expect(told).toMatchObject({ foreign: true, copied: true, constructed: true, given });
});

test('a question that fails, and one to a service that has stopped, is an error', async () => {
  await expect(worker.ask('nonsense')).rejects.toThrow('no nonsense');
  const other = await startShimmed(url, {}, clock);
  await other.stop();
  await expect(other.ask('time')).rejects.toThrow(/has stopped/);
});

test('a module that does not load is an error of the start', async () => {
  await expect(startShimmed(new URL('./missing.ts', import.meta.url), {}, clock)).rejects.toThrow(/missing/);
});
