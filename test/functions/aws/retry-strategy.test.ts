import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { tableRetries } from '../../../functions/aws/dynamodb/retry-strategy.ts';

const throttled = { errorType: 'THROTTLING' } as const;
const { now, pause } = clock;
let at = 0;

beforeEach(() => {
  at = 1_000_000;
  clock.now = () => at;
  clock.pause = async (duration) => {
    at += duration;
  };
});
afterEach(() => {
  Object.assign(clock, { now, pause });
  vi.restoreAllMocks();
});

/** When the attempts of one call begin, each of which takes so long before it is throttled. */
async function begunBy(each: number): Promise<readonly number[]> {
  const first = at;
  const strategy = tableRetries();
  const begun = [0];
  let token = await strategy.acquireInitialRetryToken('');
  for (;;) {
    at += each;
    const next = await strategy.refreshRetryTokenForRetry(token, throttled).catch(() => undefined);
    if (next === undefined) return begun;
    token = next;
    begun.push(at - first);
  }
}

it.each([0, 300, 500, 1_300, 3_000])(
  'with the longest pauses no attempt of %i ms begins after 4 s, so that a function has time left',
  async (each) => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const begun = await begunBy(each);
    expect(begun.length).toBeGreaterThan(1);
    expect(Math.max(...begun)).toBeLessThanOrEqual(4_000);
  },
);

it('tries eight times when the pauses are short', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.1);
  expect(await begunBy(20)).toHaveLength(8);
});
