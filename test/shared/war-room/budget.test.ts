import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../shared/kernel/index.ts';
import {
  type Beat,
  cursorPause,
  framePause,
  framesAtOnce,
  MOST_TOLD,
  wayOf,
  withBeat,
} from '../../../shared/war-room/index.ts';

/** Beats of a room with so many messages a second, as an environment sees them that gets every nth. */
function steady(rate: number, every = 1, seconds = 5): readonly Beat[] {
  let beats: readonly Beat[] = [];
  for (let seq = 1; seq <= rate * seconds; seq += every)
    beats = withBeat(beats, { seq, at: (seq * SECOND) / rate });
  return beats;
}

describe('the budget of a room', () => {
  it.each([
    [50, 1, 'pushed'],
    [50, 12, 'pushed'],
    [50, 25, 'stream'],
    [500, 1, 'pushed'],
    [500, 50, 'stream'],
    [2_000, 1, 'stream'],
  ] as const)('with %i people and %i messages a second: %s', (people, rate, way) => {
    expect(wayOf(people, steady(rate))).toBe(way);
  });

  it('is careful about a large room of which nothing is known yet', () => {
    const first = withBeat([], { seq: 812, at: 0 });
    expect(wayOf(100, first)).toBe('pushed');
    expect(wayOf(101, first)).toBe('stream');
  });

  it('is asked of the last second, not of what was long ago', () => {
    let beats = steady(100);
    expect(wayOf(50, beats)).toBe('stream');
    for (let i = 1; i <= 3; i++) beats = withBeat(beats, { seq: 500 + i, at: (5 + i * 2) * SECOND });
    expect(wayOf(50, beats)).toBe('pushed');
  });

  it('lets the reader of the stream tell a room four times a second, and a larger one less often', () => {
    expect([1, 100, 500].map(framePause)).toEqual([250, 250, 250]);
    expect([1_000, 2_000].map(framePause)).toEqual([500, 1_000]);
    expect([1, 500, 2_000, 20_000].map(framesAtOnce)).toEqual([8, 8, 4, 1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (people) => {
        // Two calls in a millisecond.
        expect(people).toBeLessThanOrEqual(2 * framePause(people));
      }),
    );
  });

  it('lets all who are told of each other move, however many do, and look elsewhere within a second', () => {
    for (let movers = 1; movers <= MOST_TOLD; movers++) {
      const times = SECOND / Math.max(250, cursorPause(movers - 1));
      expect(movers * (MOST_TOLD - 1) * times).toBeLessThanOrEqual(1_000);
    }
    expect(MOST_TOLD * (MOST_TOLD - 1)).toBeLessThanOrEqual(1_000);
  });

  it('is kept in the long run: what is pushed is at most 1,000 calls in a second, give or take one message', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 20, maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 600 }), (pauses, people) => {
        let beats: readonly Beat[] = [];
        let at = 0;
        const pushed: number[] = [];
        pauses.forEach((pause, seq) => {
          at += pause;
          beats = withBeat(beats, { seq, at });
          if (wayOf(people, beats) === 'pushed') pushed.push(at);
        });
        for (const end of pushed) {
          const calls = pushed.filter((time) => time > end - SECOND && time <= end).length * people;
          expect(calls).toBeLessThanOrEqual(1_000 + people);
        }
      }),
    );
  });
});
