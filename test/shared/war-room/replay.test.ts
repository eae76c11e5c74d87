import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactView } from '../../../shared/incidents/index.ts';
import { toText } from '../../../shared/kernel/index.ts';
import {
  actionsIn,
  momentsOf,
  neighboursOf,
  playedOn,
  sceneAfter,
  seenBy,
  snapshotAt,
  timesOf,
} from '../../../shared/war-room/index.ts';

const fact = (seq: number, seconds: number, type: string, data: object = {}): FactView => ({
  ...{
    seq,
    id: `fct_${seq}`,
    type,
    occurredAt: toText(seconds * 1_000),
    recordedAt: toText(seconds * 1_000),
  },
  ...{ actor: { kind: 'person', id: 'per_ann', name: 'Ann' }, data: data as FactView['data'] },
});
const person = { id: 'per_ann', name: 'Ann' };
const log = [
  fact(1, 0, 'incident.opened', { severity: 'P2_HIGH' }),
  fact(2, 5, 'room.joined', { person }),
  fact(3, 9, 'incident.severity-changed', { from: 'P2_HIGH', to: 'P1_CRITICAL' }),
  fact(4, 10, 'incident.acknowledged'),
  fact(5, 11, 'room.action-added', { action: 'act_1', text: 'Roll back' }),
  fact(6, 12, 'room.action-changed', { action: 'act_1', done: true }),
  fact(7, 4_000, 'room.left', { person }),
  fact(8, 4_001, 'incident.resolved'),
];
const at = (seconds: number) => sceneAfter(log.slice(0, seenBy(timesOf(log), seconds * 1_000)));

describe('a room that is replayed', () => {
  it('is at each moment as it was known then', () => {
    expect(at(0)).toMatchObject({ state: 'triggered', severity: 'P2_HIGH', people: [] });
    expect(at(9.5)).toMatchObject({ state: 'triggered', severity: 'P1_CRITICAL', people: [person] });
    expect(actionsIn(at(11).parts)).toMatchObject([{ text: 'Roll back', done: false }]);
    expect(actionsIn(at(12).parts)).toMatchObject([{ done: true }]);
    expect(at(5_000)).toMatchObject({ state: 'resolved', severity: 'P1_CRITICAL', people: [] });
  });

  it('shows a fact never before the one under the number before it', () => {
    const late = [fact(1, 10, 'room.said'), fact(2, 8, 'room.said'), fact(3, 12, 'room.said')];
    expect(timesOf(late)).toEqual([10_000, 10_000, 12_000]);
  });

  it('is further the later it is, and whole in the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000 })),
        fc.nat(10_000),
        fc.nat(10_000),
        (all, a, b) => {
          const times = timesOf(all.map((seconds, i) => fact(i + 1, seconds, 'room.said')));
          const [early, late] = [Math.min(a, b), Math.max(a, b)];
          expect(seenBy(times, early)).toBeLessThanOrEqual(seenBy(times, late));
          expect(seenBy(times, early)).toBe(times.filter((time) => time <= early).length);
          expect(seenBy(times, Number.POSITIVE_INFINITY)).toBe(times.length);
        },
      ),
    );
  });

  it('plays on by its speed, passes over an hour of silence, and stops at the end', () => {
    const times = timesOf(log);
    expect(playedOn(times, 0, { passed: 100, speed: 10 })).toBe(1_000);
    expect(playedOn(times, 12_000, { passed: 100, speed: 1 })).toBe(4_000_000 - 10_000);
    expect(playedOn(times, 4_000_500, { passed: 100, speed: 300 })).toBe(4_001_000);
    expect(playedOn(times, 4_001_000, { passed: 100, speed: 300 })).toBe(4_001_000);
  });

  it('goes to the entry before and to the one after, wherever it is', () => {
    const times = fc.array(fc.nat(50)).map((all) => all.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.nat(50), (all, now) => {
        const { previous, next } = neighboursOf(all, now);
        expect(previous).toBe(all.filter((time) => time < now).at(-1));
        expect(next).toBe(all.find((time) => time > now));
      }),
    );
  });

  it('does not pass over what was written in the document', () => {
    const [talk, written] = [
      [0, 5_000, 900_000],
      [300_000, 2_000_000],
    ];
    const moments = momentsOf(talk, written);
    expect(moments).toEqual([0, 5_000, 300_000, 900_000, 2_000_000]);
    expect(playedOn(moments, 6_000, { passed: 100, speed: 1 })).toBe(290_000);
    expect(playedOn(moments, 1_999_999, { passed: 100, speed: 10 })).toBe(2_000_000);
  });

  it('shows the document as the last snapshot before has it, never one that knows more', () => {
    const kept = [60, 120, 240].map((seconds) => ({
      minute: toText(seconds * 1_000),
      updatedAt: toText(seconds * 1_000 - 5_000),
    }));
    expect(snapshotAt(kept, 54_999)).toBeUndefined();
    expect(snapshotAt(kept, 55_000)).toBe(kept[0]);
    expect(snapshotAt(kept, 234_999)).toBe(kept[1]);
    expect(snapshotAt(kept, 1_000_000)).toBe(kept[2]);
    expect(snapshotAt([], 1_000_000)).toBeUndefined();
  });
});
