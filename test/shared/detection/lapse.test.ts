import { describe, expect, it } from 'vitest';
import {
  type AlertHead,
  endsBy,
  isActive,
  lapsedBy,
  MAX_EVENTS,
  MAX_WINDOWS,
  occurrencesOf,
  withSignal,
} from '../../../shared/detection/index.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, fingerprint, integration, org, signal } from '../../support/signals.ts';

const nothing: AlertHead = {
  ...{ org, fingerprint: fingerprint('a'), version: 0, integration, source: 'alertmanager-api' },
  ...{ labels: {}, links: [], firings: [], resolves: [], memberships: [] },
};

const seconds = (at: number) => epoch + at * 1_000;
/** A firing that ends by itself, times in seconds. */
const firing = (at: number, until: number, name = 'a') =>
  signal(name, 'firing', at, { until: seconds(until) });
const told = (...signals: readonly ReturnType<typeof signal>[]) => signals.reduce(withSignal, nothing);
const spans = (head: AlertHead) =>
  occurrencesOf(head).map(({ from, to }) => [from, to].map((at) => (at ? (at - epoch) / 1_000 : undefined)));

describe('an alert that says until when it fires', () => {
  it('goes on until then, taken up to the next two minutes, and has ended once that is known to have come', () => {
    const head = told(firing(0, 200));
    expect([isActive(head), endsBy(head)]).toEqual([true, seconds(240)]);
    expect(lapsedBy(head, seconds(239))).toBe(head);
    const over = lapsedBy(head, seconds(240));
    expect([isActive(over), endsBy(over), spans(over)]).toEqual([false, undefined, [[0, 240]]]);
  });

  it('that is repeated each minute changes its head each second time only', () => {
    let writes = 0;
    let head = nothing;
    for (let minute = 0; minute < 60; minute++) {
      const after = withSignal(head, firing(0, minute * 60 + 240));
      if (after.untils !== head.untils) writes += 1;
      head = after;
    }
    expect(writes).toBeLessThanOrEqual(31);
    expect(endsBy(head)).toBe(seconds(59 * 60 + 240 + 60));
  });

  it('has the same end however its repetitions come', () => {
    const said = [firing(0, 240), firing(0, 300), firing(0, 360), firing(0, 420)];
    const ends = [said, said.toReversed(), [...said, ...said]].map((all) => endsBy(told(...all)));
    expect(new Set(ends)).toEqual(new Set([seconds(480)]));
  });

  it('goes on again when an end that is further comes late', () => {
    const lapsed = lapsedBy(told(firing(0, 240)), seconds(240));
    const again = withSignal(lapsed, firing(0, 600));
    expect([isActive(again), endsBy(again)]).toEqual([true, seconds(600)]);
  });

  it('had ended before it fired anew, also when nobody had looked by then', () => {
    expect(spans(told(firing(0, 240), firing(900, 1_140)))).toEqual([
      [0, 240],
      [900, undefined],
    ]);
    expect(spans(told(firing(0, 240), firing(200, 440)))).toEqual([[0, undefined]]);
  });

  it('ends earlier when it is resolved; a resolve after its end means nothing', () => {
    expect(spans(told(firing(0, 240), signal('a', 'resolved', 100)))).toEqual([[0, 100]]);
    expect(spans(told(firing(0, 240), signal('a', 'resolved', 500)))).toEqual([[0, 240]]);
  });

  it('that is told each minute at a new time begins where it began, however long that goes on', () => {
    let head = nothing;
    for (let minute = 0; minute < 60; minute++)
      head = withSignal(head, firing(minute * 60, minute * 60 + 300));
    expect(spans(head)).toEqual([[0, undefined]]);
    expect(endsBy(head)).toBe(seconds(59 * 60 + 300));
  });

  it('goes on until it is resolved also when the firing that named no end is given up for want of room', () => {
    let head = told(firing(0, 240), signal('a', 'firing', 30));
    for (let minute = 1; minute < 40; minute++)
      head = withSignal(head, firing(minute * 60, minute * 60 + 240));
    expect([spans(head), endsBy(head)]).toEqual([[[0, undefined]], undefined]);
  });

  it('that ended by itself again and again stays apart when the oldest is given up', () => {
    let head = nothing;
    for (let hour = 0; hour < 20; hour++) head = withSignal(head, firing(hour * 3_600, hour * 3_600 + 240));
    expect(spans(head).every(([from = 0, to = from + 240]) => to - from === 240)).toBe(true);
    expect(spans(head)).toHaveLength(MAX_EVENTS);
  });

  it('goes on until it is resolved once its source names no end', () => {
    const head = told(firing(0, 240), signal('a', 'firing', 0));
    expect([endsBy(head), isActive(lapsedBy(head, seconds(9_999)))]).toEqual([undefined, true]);
  });
});

describe('its incident', () => {
  it('ends when nothing more is said, ten seconds after the sweep has asked', () => {
    const { memory, receive, settle, incidents } = world();
    receive(0, firing(0, 240));
    memory.lapse(seconds(200));
    settle(220);
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
    memory.lapse(seconds(241));
    settle(251);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 1']);
  });

  it('[F17] of which all is told when it is long over is resolved once the sweep has asked, before it pages anybody', () => {
    const { memory, receive, settle, incidents } = world();
    receive(600, firing(0, 240));
    const pagesAt = [...memory.incidents.values()].map((one) => 'next' in one && one.next?.dueAt);
    expect(pagesAt).toEqual([seconds(720)]);
    memory.lapse(seconds(661));
    settle(671);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 1']);
  });

  it('opens again when its alert turns out to go on', () => {
    const { memory, receive, settle, incidents } = world();
    receive(0, firing(0, 240));
    memory.lapse(seconds(241));
    settle(251);
    receive(300, firing(0, 480));
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages']);
    memory.lapse(seconds(481));
    settle(491);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 2']);
  });

  it('stays open while another alert of it goes on', () => {
    const { memory, receive, settle, incidents } = world();
    receive(0, firing(0, 240), signal('b', 'firing', 0));
    memory.lapse(seconds(241));
    settle(251);
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
  });

  it('opens anew when its alert turns out to go on after its window was forgotten: no person ended it', () => {
    const { memory, receive, settle, incidents } = world();
    receive(0, firing(0, 240));
    memory.lapse(seconds(241));
    settle(251);
    // As many newer windows of the same key as a guard keeps.
    for (let i = 1; i <= MAX_WINDOWS; i++) {
      const at = i * 3_600;
      receive(at, signal(`b${i}`, 'firing', at), signal(`b${i}`, 'resolved', at + 60));
      settle(at + 90);
    }
    const now = 10 * 3_600;
    receive(now, firing(0, now + 240));
    expect(incidents().at(-1)).toBe('triggered P3_MEDIUM generation 1 pages');
    receive(now + 60, firing(0, now + 300));
    expect(incidents()).toHaveLength(MAX_WINDOWS + 2);
  });
});
