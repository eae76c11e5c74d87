import { describe, expect, it } from 'vitest';
import { phasesOf, pointsOf } from '../../../shared/timeline/index.ts';
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

const points = (...told: readonly Told[]) => pointsOf(sourcesOf(logOf(...told)));
const at = (minute: number, seq: number) => expect.objectContaining({ at: minutes(minute), seq });

/** An incident as it should go: harm at −3, opened at 0, answered, led, mitigated, over. */
const whole = [
  [0, openedFact()],
  [0, alerts(alert(-3, 'firing'))],
  [0, escalated(1)],
  [2, acknowledged],
  [4, { type: 'room.role-given', data: { role: 'commander', person: { id: 'ann', name: 'Ann' } } }],
  [20, mitigated],
  [30, resolved],
] as const satisfies readonly Told[];

describe('the points of an incident', () => {
  it('are each shown by a fact', () => {
    expect(points(...whole)).toEqual({
      impact: at(-3, 2),
      detected: at(0, 1),
      paged: at(0, 3),
      acknowledged: at(2, 4),
      mobilised: at(4, 5),
      mitigated: at(20, 6),
      resolved: at(30, 7),
    });
  });

  it('begin with what opened it where no alert fired earlier', () => {
    expect(points([0, openedFact()]).impact).toEqual(at(0, 1));
    expect(points([0, openedFact()], [1, alerts(alert(-2, 'resolved'))]).impact).toEqual(at(0, 1));
  });

  it('know it as mobilised when a second person is at work', () => {
    expect(points([0, openedFact()], [1, acknowledged], [3, said('Looking'), bob]).mobilised).toEqual(
      at(3, 3),
    );
    expect(points([0, openedFact()], [1, acknowledged], [3, said('Looking')])).not.toHaveProperty(
      'mobilised',
    );
  });

  it('take the last alert that cleared for the end of the harm, if none fires', () => {
    const fired = [0, alerts(alert(0, 'firing'), alert(0, 'firing', 'b'))] as const;
    const first = [5, alerts(alert(5, 'resolved'))] as const;
    expect(points([0, openedFact()], fired, first)).not.toHaveProperty('mitigated');
    expect(points([0, openedFact()], fired, first, [9, alerts(alert(8, 'resolved', 'b'))]).mitigated).toEqual(
      at(8, 4),
    );
  });

  it("take a person's word before that of alerts, and what the public was told last", () => {
    const told = (state: string) =>
      ({
        type: 'status.told',
        data: { what: 'published', title: '', state, text: '', internal: false },
      }) as const;
    expect(points([0, openedFact()], [7, told('identified')], [9, told('monitoring')]).mitigated).toEqual(
      at(9, 3),
    );
    const cleared = [
      [0, openedFact()],
      [0, alerts(alert(0, 'firing'))],
      [9, alerts(alert(8, 'resolved'))],
    ] as const;
    expect(points(...cleared, [10, told('monitoring')]).mitigated).toEqual(at(8, 3));
    expect(points(...cleared, [12, mitigated]).mitigated).toEqual(at(12, 4));
  });

  it('forget the end of the harm when it is reopened', () => {
    const reopened = { type: 'incident.reopened', data: { generation: 2, reason: 'person' } } as const;
    const again = points(...whole, [40, reopened]);
    expect(again).not.toHaveProperty('mitigated', at(20, 6));
    expect(again).not.toHaveProperty('resolved');
    expect(again.acknowledged).toEqual(at(2, 4));
  });

  it('are none of a log whose beginning is missing', () => {
    const log = logOf(...whole);
    expect(pointsOf({ incident: sourcesOf(log).incident, facts: log.slice(1) })).toEqual({});
  });
});

describe('the phases', () => {
  const phases = (...told: readonly Told[]) =>
    phasesOf(points(...told)).map((phase) => [
      phase.name,
      phase.state,
      ...('from' in phase ? [phase.from] : []),
      ...('to' in phase ? [phase.to] : []),
    ]);

  it('follow each other from the first sign to the end', () => {
    expect(phases(...whole)).toEqual([
      ['impact', 'done', minutes(-3), minutes(20)],
      ['detection', 'done', minutes(-3), minutes(0)],
      ['acknowledgement', 'done', minutes(0), minutes(2)],
      ['mobilisation', 'done', minutes(2), minutes(4)],
      ['mitigation', 'done', minutes(4), minutes(20)],
      ['resolution', 'done', minutes(20), minutes(30)],
    ]);
  });

  it('are ongoing where nothing came yet, and pending after it', () => {
    expect(phases(...whole.slice(0, 3)).slice(2)).toEqual([
      ['acknowledgement', 'ongoing', minutes(0)],
      ['mobilisation', 'pending'],
      ['mitigation', 'pending'],
      ['resolution', 'pending'],
    ]);
  });

  it('are skipped where what ends them never came', () => {
    const alone = [whole[0], whole[1], whole[2], whole[5], whole[6]] as const;
    expect(phases(...alone).slice(2)).toEqual([
      ['acknowledgement', 'skipped'],
      ['mobilisation', 'skipped'],
      ['mitigation', 'done', minutes(0), minutes(20)],
      ['resolution', 'done', minutes(20), minutes(30)],
    ]);
  });

  it('are skipped where it came before the phase could begin', () => {
    const early = [whole[0], [1, said('On it'), bob], [2, acknowledged], [9, resolved]] as const;
    expect(phases(...early)).toContainEqual(['mobilisation', 'skipped']);
    const led = [whole[0], [1, whole[4][1]], [2, acknowledged], [9, resolved]] as const;
    expect(phases(...led)).toContainEqual(['mobilisation', 'skipped']);
  });
});
