import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyGuard,
  type Guard,
  guardAfter,
  LONGEST_WRITE,
  readableUpTo,
  type Window,
  withKnowledge,
  withWindow,
} from '../../../shared/detection/index.ts';
import { inc, incidentAfter, minutes, opened } from '../../support/given.ts';

const open: Window = { incident: inc, generation: 1, from: minutes(0), severity: 'P1_CRITICAL' };
const guard: Guard = withWindow(emptyGuard('k'), open);
const resolved = {
  type: 'incident.resolved',
  occurredAt: minutes(5),
  data: { generation: 1, reason: 'person' },
} as const;
const deleted = { type: 'incident.deleted', occurredAt: minutes(6), data: {} } as const;
const window = (after: Guard | undefined) => after?.windows[0];

describe('the guard after a person', () => {
  it('acknowledged is as it was', () => {
    expect(guardAfter(guard, incidentAfter(opened()), minutes(5))).toBeUndefined();
  });

  it('resolved has a closed window that says what could be known', () => {
    const after = guardAfter(withKnowledge(guard, inc, 7), incidentAfter(opened(), resolved), minutes(5));
    expect(window(after)).toMatchObject({ to: minutes(5), closedBy: 'person', knew: 7 });
  });

  it('reopened knows nothing of the closing, and is of the next generation', () => {
    const closed = guardAfter(withKnowledge(guard, inc, 7), incidentAfter(opened(), resolved), minutes(5));
    const again = guardAfter(closed ?? guard, incidentAfter(opened()), minutes(6));
    expect(window(again)).toEqual({ ...open, generation: 2, reopenedAt: minutes(6) });
  });

  it('deleted keeps the window and what was known, and says so once', () => {
    const gone = incidentAfter(opened(), resolved, deleted);
    const after = guardAfter(withKnowledge(guard, inc, 7), gone, minutes(6));
    expect(window(after)).toMatchObject({ to: minutes(6), closedBy: 'deleted', knew: 7 });
    expect(guardAfter(after ?? guard, gone, minutes(7))).toBeUndefined();
  });

  it('of an incident without a window here is as it was', () => {
    expect(guardAfter(emptyGuard('k'), incidentAfter(opened(), resolved), minutes(5))).toBeUndefined();
  });

  const later: Window = { ...open, incident: 'inc_later', from: minutes(60) };
  const ended: Window = { ...open, to: minutes(5), closedAt: minutes(5), closedBy: 'person' };

  it('knows what was read of its own incident only, and no more than was seen', () => {
    const both = withWindow(guard, later);
    const knew = (after: Guard) => after.windows.map((each) => each.knew);
    expect(knew(withKnowledge(both, later.incident, 7))).toEqual([undefined, 7]);
    expect(knew(withKnowledge(both, inc, 7, 3))).toEqual([3, undefined]);
    expect(knew(withKnowledge(both, inc, 7, 9))).toEqual([7, undefined]);
    expect(withKnowledge(withWindow(guard, ended), inc, 7)).toEqual(withWindow(guard, ended));
  });

  it('reopened is refused while another incident of the key is open, also when its own window is forgotten', () => {
    for (const beside of [
      withWindow(withWindow(emptyGuard('k'), ended), later),
      withWindow(emptyGuard('k'), later),
    ])
      expect(() => guardAfter(beside, incidentAfter(opened()), minutes(70))).toThrow(/inc_later is open/);
  });

  it('reopened begins after what came later and is over, and where it began when that is deleted', () => {
    const over: Window = { ...later, to: minutes(61), closedAt: minutes(61), closedBy: 'settled' };
    const again = (other: Window) =>
      guardAfter(withWindow(withWindow(guard, ended), other), incidentAfter(opened()), minutes(90));
    expect(again(over)?.windows.map(({ from, to }) => [from, to])).toEqual([
      [over.from, over.to],
      [minutes(61) + guard.grouping + 1, undefined],
    ]);
    expect(again({ ...over, closedBy: 'deleted' })?.windows[0]).toEqual({
      ...open,
      generation: 2,
      reopenedAt: minutes(90),
    });
  });
});

describe('how far a log can be read', () => {
  const fact = (seq: number, recordedAt = minutes(0)) => ({ seq, recordedAt });

  it('is up to the first number that may still be written', () => {
    expect(readableUpTo([])).toBe(0);
    expect(readableUpTo([fact(1), fact(2), fact(3)])).toBe(3);
    expect(readableUpTo([fact(5), fact(3), fact(2)])).toBe(3);
  });

  it('is not hindered by a number whose writer died long ago', () => {
    const later = minutes(0) + LONGEST_WRITE + 1;
    expect(readableUpTo([fact(1), fact(3), fact(4, later)])).toBe(4);
    expect(readableUpTo([fact(1), fact(3, later), fact(4, later)])).toBe(1);
  });

  it('never reaches over a hole, in whatever order the facts come', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (all) => {
        const lowest = Math.min(...all);
        const upTo = readableUpTo(all.map((seq) => fact(seq)));
        for (let seq = lowest; seq <= upTo; seq++) expect(all).toContain(seq);
        expect(all).not.toContain(upTo + 1);
      }),
    );
  });
});
