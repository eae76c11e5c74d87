import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawingOf, measures, timelineOf, timelineSvg, viewOf } from '../../../shared/timeline/index.ts';
import { minutes } from '../../support/given.ts';
import {
  acknowledged,
  alert,
  alerts,
  change,
  logOf,
  mitigated,
  openedFact,
  resolved,
  said,
  sourcesOf,
  type Told,
} from './log.ts';

const timeline = (told: readonly Told[], more = {}) =>
  timelineOf(sourcesOf(logOf(...told), more), minutes(60));
const story: readonly Told[] = [
  [0, openedFact()],
  [0, alerts(alert(-3, 'firing'))],
  [2, acknowledged],
  [30, mitigated],
  [31, resolved],
];

describe('the drawing', () => {
  it('has a row for each kind of event that there is, and a bar for each phase with times', () => {
    const whole = timeline(story);
    const { rows, phases, gaps } = drawingOf(whole, viewOf(whole, 960));
    expect(rows.map(({ lane }) => lane)).toEqual(['alerts', 'response']);
    expect(phases.map(({ name }) => name)).toEqual([
      'impact',
      'detection',
      'acknowledgement',
      'mitigation',
      'resolution',
    ]);
    expect(gaps).toHaveLength(1);
  });

  it('gathers what lies too close to be told apart', () => {
    const crowd = [
      ...story,
      ...[...Array(50).keys()].map((i): Told => [10 + i / 60, alerts(alert(10, 'firing', `${i}`))]),
    ];
    const whole = timeline(crowd);
    const marks = drawingOf(whole, viewOf(whole, 960)).marks.filter(({ lane }) => lane === 'alerts');
    expect(Math.max(...marks.map(({ events }) => events.length))).toBeGreaterThan(20);
    expect(marks.length).toBeLessThan(10);
  });

  it('gathers at its edge what lies outside', () => {
    const whole = timeline(story, { changes: [change(minutes(-300)), change(minutes(-200))] });
    const [mark] = drawingOf(whole, viewOf(whole, 960)).marks.filter(({ lane }) => lane === 'changes');
    expect(mark).toMatchObject({ x: measures.margin, events: { length: 2 } });
  });

  it('leaves out rows that are not asked for', () => {
    const whole = timeline(story);
    expect(drawingOf(whole, { ...viewOf(whole, 960), lanes: ['response'] }).rows).toHaveLength(1);
  });

  it.each([
    [2, /^\d\d:\d\d:\d\d$/],
    [60, /^\d\d:\d\d$/],
    [30 * 60, /^\d\d-\d\d \d\d:\d\d$/],
    [9 * 24 * 60, /^\d\d-\d\d$/],
  ])('writes times as a view of %i minutes needs them', (length, form) => {
    const whole = timeline(story);
    const { ticks } = drawingOf(whole, { from: minutes(0), to: minutes(length), width: 960 });
    expect(ticks.length).toBeGreaterThan(1);
    for (const { text } of ticks) expect(text).toMatch(form);
  });

  it.each([
    ['5 seconds', 5 / 60, /^\d\d:\d\d:\d\d$/],
    ['15 seconds', 15 / 60, /^\d\d:\d\d:\d\d$/],
    ['20 seconds', 20 / 60, /^\d\d:\d\d:\d\d$/],
    ['5 minutes', 5, /^\d\d:\d\d(:\d\d)?$/],
    ['17 minutes', 17, /^\d\d:\d\d$/],
    ['5 hours', 5 * 60, /^\d\d:\d\d$/],
    ['30 hours', 30 * 60, /^\d\d-\d\d \d\d:\d\d$/],
    ['5 days', 5 * 24 * 60, /^\d\d-\d\d( \d\d:\d\d)?$/],
  ])('fills its width with an incident of %s, and each time reads differently', (_, length, form) => {
    const told: readonly Told[] = [
      [0, openedFact()],
      [length / 2, acknowledged],
      [length, resolved],
    ];
    const whole = timelineOf(sourcesOf(logOf(...told)), minutes(length));
    for (const width of [360, 560, 960, 1_600]) {
      const view = viewOf(whole, width);
      const { phases, ticks } = drawingOf(whole, view);
      const bar = Math.max(...phases.map((phase) => phase.width));
      expect(bar).toBeGreaterThan((width - measures.margin - measures.right) * 0.5);
      const texts = ticks.map(({ text }) => text);
      expect(texts.length).toBeGreaterThan(1);
      expect(new Set(texts).size).toBe(texts.length);
      for (const [i, { text, x }] of ticks.entries()) {
        expect(text).toMatch(form);
        expect(x + text.length * 3).toBeLessThanOrEqual(width);
        // A letter is six pixels wide, and there is some room between two times.
        expect((ticks[i + 1]?.x ?? Number.POSITIVE_INFINITY) - x, text).toBeGreaterThan(text.length * 6 + 2);
      }
    }
  });

  it('has room to both sides when everything happened in one moment', () => {
    const whole = timelineOf(sourcesOf(logOf([0, openedFact()], [0, resolved])), minutes(1));
    const { marks, ticks, width } = drawingOf(whole, viewOf(whole, 960));
    expect(marks[0]?.x).toBeCloseTo((measures.margin + width - measures.right) / 2, 0);
    expect(ticks.length).toBeGreaterThan(1);
  });

  it('keeps everything inside, shows each event once and never overlaps marks, whatever happened', () => {
    const fact = fc.constantFrom(acknowledged, mitigated, alerts(alert(0, 'firing')), said('Decision: x'));
    const told = fc.array(fc.tuple(fc.integer({ min: 0, max: 6_000 }), fact), { maxLength: 40 });
    fc.assert(
      fc.property(told, fc.integer({ min: 100, max: 2_000 }), (more, width) => {
        const sorted = more.toSorted(([a], [b]) => a - b);
        const whole = timeline([[0, openedFact()], ...sorted]);
        const { marks, phases, gaps, ticks, width: drawn, height } = drawingOf(whole, viewOf(whole, width));
        const shown = marks.flatMap(({ events }) => events.map(({ id }) => id));
        expect(shown.toSorted()).toEqual(whole.events.map(({ id }) => id).toSorted());
        for (const { x, y } of marks) expect(x >= 0 && x <= drawn && y < height).toBe(true);
        for (const { x, width: long } of [...phases, ...gaps]) expect(x >= 0 && x + long <= drawn).toBe(true);
        for (const [i, mark] of marks.entries()) {
          const next = marks[i + 1];
          if (next?.lane === mark.lane) expect(next.x - mark.x).toBeGreaterThanOrEqual(measures.apart);
        }
        expect(ticks.every(({ x }) => Number.isFinite(x))).toBe(true);
      }),
    );
  });
});

describe('the drawing as SVG', () => {
  it('is one image with a title, and nothing in it is active', () => {
    const evil = [...story, [5, said('Decision: <script>alert(1)</script> & "\u0000\u0007"')] as Told];
    const svg = timelineSvg(timeline(evil));
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 960 \d+"/);
    expect(svg).toContain('<title>Timeline of INC-12: Checkout p99 high</title>');
    expect(svg).not.toMatch(/<script|onload|href|style=/);
    expect(svg).not.toContain('\u0000');
    expect(svg).toContain('>mitigation</text>');
    expect(svg).toContain('Silence of 25 min');
  });

  it('stays small with ten thousand events', () => {
    const many = [...Array(10_000).keys()].map(
      (i): Told => [i / 100, alerts(alert(i / 100, 'firing', `${i}`))],
    );
    expect(timelineSvg(timeline([[0, openedFact()], ...many])).length).toBeLessThan(60_000);
  });
});
