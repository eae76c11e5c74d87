import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { playTimers, timerProgram } from '../bench/timer-world.ts';

let program: Awaited<ReturnType<typeof timerProgram>>;
beforeAll(async () => {
  program = await timerProgram();
}, 60_000);

const calm = { duplicates: 0, throttle: 0, kills: 0, lost: 0 };
const play = (weather: Partial<typeof calm>, seed = 1) =>
  playTimers(program, 60, 40 * MINUTE, { ...calm, ...weather }, seed);

describe('[F28] [F21] timers of an escalation that nobody answers', () => {
  it('page each level once, within a second of when it is due, and none early', async () => {
    const { pages, missed } = await play({});
    expect(missed).toBe(0);
    expect(pages).toHaveLength(120);
    for (const { at, dueAt } of pages) {
      expect(at).toBeGreaterThanOrEqual(dueAt);
      expect(at - dueAt).toBeLessThanOrEqual(SECOND);
    }
  });

  it('page each once, however often their messages come', async () => {
    const { pages, missed } = await play({ duplicates: 0.5 });
    expect([missed, pages.length]).toEqual([0, 120]);
  });

  it.each([1, 2, 3])(
    '[F24] miss none and page none twice unsaid while workers are throttled and killed, and messages are lost; seed %i',
    async (seed) => {
      const { pages, missed } = await play({ duplicates: 0.2, throttle: 0.03, kills: 0.1, lost: 0.1 }, seed);
      expect(missed).toBe(0);
      for (const { at, dueAt } of pages) expect(at).toBeGreaterThanOrEqual(dueAt);
      const named = [...Map.groupBy(pages, ({ incident, level }) => `${incident} ${level}`).values()];
      for (const some of named) expect(some.slice(1).every(({ again }) => again)).toBe(true);
    },
  );
});
