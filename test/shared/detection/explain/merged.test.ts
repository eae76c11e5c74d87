import { describe, expect, it } from 'vitest';
import type { AbsorbedLog } from '../../../../shared/detection/index.ts';
import {
  type ControlFact,
  decideIncident,
  type RoomFact,
  sentenceOf,
  viewFact,
} from '../../../../shared/incidents/index.ts';
import { idOf } from '../../../../shared/kernel/index.ts';
import { told } from '../../../support/explained.ts';
import { entry, explainedIncident as explained, joined, logOf } from '../../../support/explained-incident.ts';
import { ann, incidentAfter, minutes, opened, T0 } from '../../../support/given.ts';

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
  data: { into: other, number: 31, alerts: names.map((name) => name.repeat(64)), reason: 'not ours' },
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
    expect(told(said, 'next')[0]).toContain('resolved by itself when the alert that still is on has cleared');
  });

  it('counts an alert once that both logs tell of, and not one that was split off', () => {
    const both = { absorbed: [gone(joined(1, 'Rule', entry('a'), entry('d')))] };
    expect(explained([begun, three, absorbed], both).summary).toContain('4 alerts came in, of them 1 with');
    const left = explained([begun, three, absorbed, split('a', 'd')], both);
    expect(left.summary).toContain(
      ' 4 alerts came in, of them 1 with INC-27; 2 were moved into INC-31 since.',
    );
    expect(told(left, 'next')[0]).toContain('when 2 alerts that still are on have cleared');
  });

  it('says with which an alert came that was told of again since', () => {
    const again = joined(9, 'Rule', entry('d', { state: 'resolved' }));
    const said = explained([begun, three, absorbed, again], {
      absorbed: [gone(joined(1, 'Rule', entry('d')))],
    });
    expect(said.summary).toContain('4 alerts came in, of them 1 with INC-27.');
    expect(told(said, 'alerts')).toContain('1 alert came with INC-27: Rule.');
    expect(told(said, 'alerts').at(-1)).toMatch(/^“d fails” .* at 2026-11-02 09:01:00 UTC$/);
    expect(told(said, 'opening').join()).not.toContain('d fails');
  });

  it('names the alert that opened it, and what was moved, also when it was moved elsewhere', () => {
    const said = explained([begun, three, split('a')]);
    expect(said.summary).toContain(' 3 alerts came in; 1 was moved into INC-31 since.');
    expect(told(said, 'opening')[2]).toContain('“a fails” (P2 High)');
    expect(told(said, 'links')).toEqual([
      'Ann moved an alert into INC-31, an incident of its own: not ours',
      'Moved: “a fails” (P2 High).',
    ]);
    expect(told(said, 'alerts').join('\n')).toMatch(/“a fails” .* UTC; moved into INC-31 since\n/);
    expect(told(said, 'next')[0]).toContain('2 alerts that still are on');
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

  it('claims no alert that was moved on from there', () => {
    const into = { ...incidentAfter(opened({ number: 16 })), id: other };
    const on = [{ incident: into, facts: logOf([opened({ number: 16 }), split('a')], other) }];
    const merged: ControlFact = {
      type: 'incident.merged',
      occurredAt: minutes(2),
      data: { into: other, reason: 'One cause' },
    };
    const one = explained([begun, joined(0, 'Rule', entry('a')), merged], { into, on });
    expect(one.summary).toContain(
      '1 alert came in; 1 was moved into INC-31 since. It was merged into INC-16, where none of its alerts is any more.',
    );
    expect(told(one, 'next')[0]).toContain('none of its alerts is there any more');
    const two = explained([begun, joined(0, 'Rule', entry('a'), entry('b')), merged], { into, on });
    expect(two.summary).toContain('where the others are now');
    expect(told(two, 'next')[0]).toContain('1 of its 2 alerts is there now');
    const back = [
      ...on.flatMap(({ facts }) => facts),
      ...logOf([begun, begun, joined(9, 'Rule', entry('a'))]).slice(2),
    ];
    const again = explained([begun, joined(0, 'Rule', entry('a')), merged], {
      ...{ into, on: [{ incident: into, facts: back }] },
    });
    expect(again.summary).toContain('1 alert came in. It was merged into INC-16, where its alerts are now.');
  });
});

describe('links to another incident', () => {
  it('name it by its number', () => {
    const facts: readonly ControlFact[] = [
      { ...absorbed, data: { from: other, number: 27, reason: 'One cause' } } as ControlFact,
      {
        type: 'incident.related',
        occurredAt: minutes(3),
        data: { incident: other, number: 4, why: 'Same day' },
      },
      {
        type: 'incident.split',
        occurredAt: minutes(4),
        data: { into: other, number: 31, alerts: ['a', 'b'], reason: 'not ours' },
      },
    ];
    expect(told(explained([begun, ...facts]), 'links')).toEqual([
      'The system merged INC-27 into this: One cause',
      'The system related INC-4 to it: Same day',
      'Ann moved 2 alerts into INC-31, an incident of their own: not ours',
    ]);
  });

  it('are named to whoever would acknowledge or reopen one that was merged', () => {
    const merged: ControlFact = {
      type: 'incident.merged',
      occurredAt: minutes(2),
      data: { into: other, number: 16, reason: 'One cause' },
    };
    const incident = incidentAfter(begun, merged);
    const into = 'was merged into INC-16, where it goes on;';
    expect(() => decideIncident(incident, { do: 'acknowledge' }, T0)).toThrow(
      `${into} acknowledge that one.`,
    );
    const reopen = { do: 'reopen', reason: 'person', at: T0 } as const;
    expect(() => decideIncident(incident, reopen, T0)).toThrow(`${into} reopen that one.`);
  });
});

describe('an incident that was split off', () => {
  it('is told as that, at the time when it was split off', () => {
    const from = { ...correlation, key: 'split from INC-16' };
    const opening = { ...opened({ correlation: from }), occurredAt: T0 };
    const own = { ...incidentAfter(opening), openedBy: ann };
    const incident = { ...own, points: { detectedAt: minutes(4) } };
    const facts = logOf([opening]).map((fact) => ({ ...fact, recordedAt: minutes(4), actor: ann }));
    const said = explained([opening], { incident, facts });
    expect(said.summary).toContain(
      'was split off from INC-16 at 2026-11-02 09:04:00 UTC by Ann, and counts from 2026-11-02 09:00:00 UTC',
    );
    expect(told(said, 'opening')[0]).toMatch(/^Ann split it off from INC-16, as /);
    const [fact] = facts;
    expect(fact && sentenceOf(viewFact(fact), (id) => id)?.text).toMatch(
      /^Ann split it off from INC-16, as .*, at 2026-11-02 09:04:00 UTC\.$/,
    );
  });
});
