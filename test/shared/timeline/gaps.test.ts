import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../shared/timeline/index.ts';
import { minutes } from '../../support/given.ts';
import {
  acknowledged,
  alert,
  alerts,
  bob,
  escalated,
  logOf,
  mitigated,
  openedFact,
  resolved,
  said,
  sourcesOf,
  type Told,
} from './log.ts';

const timeline = (until: number, ...told: readonly Told[]) =>
  timelineOf(sourcesOf(logOf(...told)), minutes(until));
const gaps = (until: number, ...told: readonly Told[]) =>
  timeline(until, ...told).gaps.map(({ from, to }) => [from, to]);
const opened = [0, openedFact()] as const;

describe('a gap', () => {
  it('is a time in which nothing is on record while it was severe', () => {
    const told = [opened, [2, acknowledged], [30, said('Found it'), bob], [31, mitigated]] as const;
    expect(gaps(60, ...told)).toEqual([[minutes(2), minutes(30)]]);
    expect(timeline(60, ...told).gaps[0]?.question).toBe(
      'For 28 min nothing is on record while it was P1 Critical. What was tried then, and by whom? A note says it for those who were not there.',
    );
  });

  it('asks whether pages arrived where nobody had answered', () => {
    const question = timeline(40, opened, [0, escalated(1)]).gaps[0]?.question;
    expect(question).toContain('Nobody had answered: did the pages arrive');
  });

  it('may be longer the less severe it is, by the severity of that time', () => {
    const quieter = {
      type: 'incident.severity-changed',
      data: { from: 'P1_CRITICAL', to: 'P3_MEDIUM' },
    } as const;
    expect(gaps(65, opened, [5, quieter])).toEqual([]);
    expect(gaps(66, opened, [5, quieter])).toEqual([[minutes(5), minutes(66)]]);
    expect(gaps(500, [0, openedFact({ severity: 'P4_LOW' })])).toEqual([]);
  });

  it('ends with the harm: what comes after it may take its time', () => {
    expect(gaps(300, opened, [5, mitigated], [200, resolved])).toEqual([]);
    expect(gaps(300, opened, [5, resolved])).toEqual([]);
  });

  it('goes on until now while it lasts', () => {
    expect(gaps(25, opened)).toEqual([[minutes(0), minutes(25)]]);
  });

  it('is not made by what happened before anybody knew', () => {
    expect(gaps(5, opened, [1, alerts(alert(-50, 'firing'))])).toEqual([]);
  });
});

describe('a bottleneck', () => {
  const slowest = (...told: readonly Told[]) => timeline(100, ...told).bottlenecks[0];

  it('is the phase that took most of the time, with the numbers and the facts', () => {
    const found = slowest(
      opened,
      [0, escalated(1)],
      [5, escalated(2)],
      [30, acknowledged],
      [40, mitigated],
      [41, resolved],
    );
    expect(found).toMatchObject({ phase: 'acknowledgement', took: 30 * 60_000, facts: [1, 4, 2, 3] });
    expect(found?.text).toBe('Acknowledgement took 30 min of 41 min, 73 %.');
    expect(found?.suggestion).toContain('2 steps paged before somebody answered');
  });

  it('names pages that could not be sent and levels that reach nobody', () => {
    const data = { person: 'ann', channel: 'email', generation: 1, step: 1, reason: 'x' } as const;
    const refused = { type: 'page.refused', data } as const;
    expect(slowest(opened, [0, refused], [30, acknowledged], [31, resolved])?.suggestion).toContain(
      'One page could not be sent',
    );
    expect(slowest(opened, [0, escalated(1, [1])], [30, acknowledged], [31, resolved])?.suggestion).toContain(
      'reached nobody',
    );
    expect(slowest(opened, [0, escalated(1)], [30, acknowledged], [31, resolved])?.suggestion).toContain(
      'One page went out',
    );
  });

  it('has advice for every phase', () => {
    const detection = slowest(opened, [0, alerts(alert(-50, 'firing'))], [1, acknowledged], [2, resolved]);
    expect(detection).toMatchObject({
      phase: 'detection',
      suggestion: expect.stringContaining('alert sooner'),
    });
    const alone = slowest(opened, [1, acknowledged]);
    expect(alone).toMatchObject({ phase: 'mobilisation', suggestion: expect.stringContaining('command') });
    const silent = slowest(opened, [1, acknowledged], [2, said('x'), bob], [50, mitigated], [51, resolved]);
    expect(silent).toMatchObject({
      phase: 'mitigation',
      suggestion: expect.stringContaining('longest silence in it was 48 min'),
    });
    const late = slowest(opened, [1, acknowledged], [2, said('x'), bob], [3, mitigated], [80, resolved]);
    expect(late).toMatchObject({
      phase: 'resolution',
      suggestion: expect.stringContaining('resolve sooner'),
    });
  });

  it('is none of what went quickly', () => {
    expect(
      slowest(opened, [1, acknowledged], [2, said('x'), bob], [3, mitigated], [4, resolved]),
    ).toBeUndefined();
  });
});
