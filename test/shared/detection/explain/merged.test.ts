import { describe, expect, it } from 'vitest';
import type { AbsorbedLog } from '../../../../shared/detection/index.ts';
import type { ControlFact, RoomFact } from '../../../../shared/incidents/index.ts';
import { idOf } from '../../../../shared/kernel/index.ts';
import { told } from '../../../support/explained.ts';
import { entry, explainedIncident as explained, joined, logOf } from '../../../support/explained-incident.ts';
import { incidentAfter, minutes, opened, T0 } from '../../../support/given.ts';

const other = idOf('incident', T0, 'other');
const correlation = { hash: 'h', rule: 'by-service', key: 'service=checkout' };
const begun = opened({ severity: 'P2_HIGH', correlation });
const gone = (...facts: readonly RoomFact[]): AbsorbedLog => ({
  incident: { ...incidentAfter(opened({ number: 27 })), id: other },
  facts: logOf([opened({ number: 27 }), ...facts], other),
});
const absorbed: ControlFact = {
  type: 'incident.absorbed',
  occurredAt: minutes(2),
  data: { from: other, reason: 'One cause' },
};
const split = (...names: readonly string[]): ControlFact => ({
  type: 'incident.split',
  occurredAt: minutes(3),
  data: { into: other, alerts: names.map((name) => name.repeat(64)), reason: 'not ours' },
});

describe('an incident into which another was merged', () => {
  const three = joined(0, 'Rule', entry('a'), entry('b'), entry('c'));
  const cleared = joined(5, 'Rule', ...['a', 'b', 'c'].map((name) => entry(name, { state: 'resolved' })));

  it('has the alerts of that as well, and says with which they came', () => {
    const said = explained([begun, three, absorbed], { absorbed: [gone(joined(1, 'Rule', entry('d')))] });
    expect(said.summary).toContain('4 alerts came in, of them 1 with INC-27.');
    expect(told(said, 'alerts')).toContain('1 alert came with INC-27: Rule.');
    expect(said.steps.filter(({ about }) => about === 'alerts').at(-1)?.data).toMatchObject({
      cameWith: 'INC-27',
    });
  });

  it('stays open while one that came with that is on', () => {
    const said = explained([begun, three, absorbed, cleared], {
      absorbed: [gone(joined(1, 'Rule', entry('d')))],
    });
    expect(told(said, 'next')[0]).toContain('resolved by itself when 1 alert that still is on has cleared');
  });

  it('counts an alert once that both logs tell of, and not one that was split off', () => {
    const both = { absorbed: [gone(joined(1, 'Rule', entry('a'), entry('d')))] };
    expect(explained([begun, three, absorbed], both).summary).toContain('4 alerts came in, of them 1 with');
    expect(explained([begun, three, absorbed, split('a', 'd')], both).summary).toContain(
      ' 2 alerts came in.',
    );
  });

  it('says how much of what was merged into it was not read', () => {
    expect(told(explained([begun, absorbed], { unread: 3 }), 'history')[0]).toContain(
      'the logs of 3 of these',
    );
  });
});

describe('an incident that was merged into another', () => {
  it('names that one, and says that its alerts went along', () => {
    const into = { ...incidentAfter(opened({ number: 16 })), id: other };
    const merged: ControlFact = {
      type: 'incident.merged',
      occurredAt: minutes(2),
      data: { into: other, reason: 'One cause' },
    };
    const said = explained([begun, joined(0, 'Rule', entry('a')), merged], { into });
    expect(said.summary).toContain('It was merged into INC-16, where its alerts are now.');
    expect(told(said, 'next')[0]).toBe(
      'It goes on in INC-16, into which it was merged; its 1 alert went along and counts there.',
    );
  });
});
