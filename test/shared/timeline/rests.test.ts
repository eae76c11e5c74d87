import { expect, it } from 'vitest';
import { restedIn, restsOf, timelineMarkdown, timelineOf } from '../../../shared/timeline/index.ts';
import { minutes } from '../../support/given.ts';
import { acknowledged, alert, alerts, logOf, openedFact, resolved, sourcesOf, type Told } from './log.ts';

const reopened = { type: 'incident.reopened', data: { generation: 2, reason: 'alert-fired' } } as const;
const twice: readonly Told[] = [
  [0, openedFact()],
  [0, alerts(alert(0, 'firing'))],
  [3, alerts(alert(3, 'resolved'))],
  [3, resolved],
  [60, reopened],
  [60, alerts(alert(60, 'firing'))],
  [64, acknowledged],
  [66, alerts(alert(66, 'resolved'))],
  [66, resolved],
];

it('what lay between an end and a reopening is no harm, no silence, and costs no time', () => {
  const timeline = timelineOf(sourcesOf(logOf(...twice)), minutes(90));
  expect(timeline.rests).toEqual([{ from: minutes(3), to: minutes(60) }]);
  expect(timeline.gaps).toEqual([]);
  const took = Object.fromEntries(
    timeline.phases.flatMap((phase) => (phase.state === 'done' ? [[phase.name, phase.took]] : [])),
  );
  expect(took).toMatchObject({ impact: 9 * 60_000, acknowledgement: 7 * 60_000, mitigation: 2 * 60_000 });
  expect(timelineMarkdown(timeline)).toContain(
    '**impact** (from the first sign of harm until it ended): 9 min',
  );
});

it('a second end without a reopening begins no other rest, and a stretch outside has none', () => {
  const facts = logOf([0, openedFact()], [5, resolved], [7, resolved], [9, reopened]);
  expect(restsOf(facts)).toEqual([{ from: minutes(5), to: minutes(9) }]);
  expect(restedIn(restsOf(facts), minutes(6), minutes(8))).toBe(minutes(8) - minutes(6));
  expect(restedIn(restsOf(facts), minutes(9), minutes(20))).toBe(0);
  expect(restsOf(logOf([0, openedFact()], [5, resolved]))).toEqual([]);
});
