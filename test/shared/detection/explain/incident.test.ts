import { describe, expect, it } from 'vitest';
import { pageWaits, ruleSchema } from '../../../../shared/detection/index.ts';
import type { ControlFact } from '../../../../shared/incidents/index.ts';
import { idOf } from '../../../../shared/kernel/index.ts';
import { world } from '../../../support/detection-world.ts';
import { told } from '../../../support/explained.ts';
import { entry, explainedIncident as explained, joined } from '../../../support/explained-incident.ts';
import { ann, inc, incidentAfter, minutes, opened, T0 } from '../../../support/given.ts';
import { epoch, signal } from '../../../support/signals.ts';
import { silence } from '../../../support/silences.ts';

const other = idOf('incident', T0, 'second');
const why = "Rule 'By service' (matches every alert); grouped by service=checkout";
const correlation = { hash: 'h', rule: 'by-service', name: 'One per service', key: 'service=checkout' };
const begun = opened({ severity: 'P2_HIGH', correlation });

describe('why an incident is as it is', () => {
  it('says what opened it, by which rule and for which group, and when it pages', () => {
    const said = explained([begun, joined(0, why, entry('a'))]);
    expect(said.summary).toContain(
      "by rule 'One per service', for service=checkout; it is P2 High. 1 alert came in.",
    );
    const lines = told(said, 'opening');
    expect(lines[0]).toBe(
      "Alerts opened it as P2 High: rule 'One per service' groups them by service=checkout.",
    );
    expect(lines[1]).toBe('“a fails” (P2 High) came first.');
    expect(lines.at(-1)).toBe('Its first page was due at once.');
  });

  it('says of several that began at once that each was among the first', () => {
    const lines = told(explained([begun, joined(0, why, entry('a'), entry('b'))]), 'opening');
    expect(lines.slice(1, 4)).toEqual([
      '2 alerts came first, together.',
      '“a fails” (P2 High).',
      '“b fails” (P2 High).',
    ]);
  });

  it('says of alerts that had waited for one another when each had fired', () => {
    const late = { ...begun, occurredAt: T0, recordedAt: minutes(3) } as ControlFact;
    const said = told(
      explained([
        late,
        { ...joined(0, why, entry('a'), entry('b', { at: minutes(1) })), recordedAt: minutes(3) } as never,
      ]),
      'opening',
    );
    expect(said[3]).toBe(
      '“b fails” (P2 High). It had fired at 2026-11-02 09:01:00 UTC, 2 min before the incident was opened.',
    );
    expect(said[4]).toBe('It counts from 2026-11-02 09:00:00 UTC, 3 min before it was opened.');
  });

  it('says which of its alerts something had held back before, and for how long', () => {
    const own = world();
    const quiet = silence(0, 600, [{ name: 'title', op: '=~', value: 'api.*' }]);
    own.memory.quiets = [quiet];
    own.receive(10, signal('api', 'firing', 10));
    own.memory.releaseOne(quiet.id, epoch + 600_000);
    const came = [...own.memory.entries.values()].flat();
    const said = explained([begun, joined(0, why, ...(came as never[]))], { heads: own.memory.heads });
    expect(told(said, 'alerts').slice(-2)).toEqual([
      '1 alert had been held back before it came in, and counts from then on.',
      `“api is failing” fired at 2026-11-23 03:00:10 UTC. Silence ${quiet.id} (a test) held it back until 2026-11-23 03:10:00 UTC, 9 min 50 s later.`,
    ]);
  });

  it('says why it stays open while no alert of it fires, and until when', () => {
    const cleared = joined(9, why, entry('a', { state: 'resolved', flapping: true }));
    const flapping = { title: 'Link flaps', until: minutes(40) };
    const said = (now: number) =>
      told(explained([begun, joined(0, why, entry('a')), cleared], { now, flapping }), 'next')[0];
    expect(said(minutes(30))).toContain(
      'No alert of it fires now. It stays open all the same until 2026-11-02 09:40:00 UTC, since “Link flaps” flaps',
    );
    expect(said(minutes(41))).not.toContain('flaps');
  });

  it('says of alerts that ended by themselves that nobody said that they had cleared, and after how long', () => {
    const quiet = ruleSchema.parse({
      ...{ id: 'by-service', name: 'One per service', group: { by: ['service'] } },
      actions: { autoResolve: 300 },
    });
    const ends = (more: object) => joined(9, why, entry('a', { state: 'resolved', at: minutes(9), ...more }));
    const saidOf = (more: object) =>
      told(explained([begun, joined(0, why, entry('a')), ends(more)], { rules: [quiet] }), 'history');
    expect(saidOf({ lapsed: true })).toEqual([
      "Its alert ended by itself: nobody said that it had cleared. Rule 'One per service' ends an alert that is not told again for 5 min, unless its sender names an end.",
      '“a fails” ended at 2026-11-02 09:09:00 UTC.',
    ]);
    expect(saidOf({})).toEqual([]);
  });

  it('says of a person that they declared it', () => {
    const said = explained([opened({ severity: 'P4_LOW' })], {
      incident: { ...incidentAfter(opened({ severity: 'P4_LOW' })), openedBy: ann },
    });
    expect(said.summary).toContain('was declared at');
    expect(said.summary).toContain('by Ann');
    expect(told(said, 'opening').at(-1)).toBe('No page was planned with it.');
  });

  it('tells alerts with one reason together, with its score, and counts what is too many', () => {
    const linked = `checkout depends on postgres (0.85); ${why}`;
    const many = Array.from({ length: 14 }, (_, i) => entry(String.fromCharCode(98 + i)));
    const said = explained([begun, joined(0, why, entry('a')), joined(3, linked, ...many)]);
    const [first, second] = said.steps.filter(({ about }) => about === 'alerts');
    expect(first?.text).toBe(`1 alert came in: ${why}.`);
    expect(first?.data).not.toHaveProperty('score');
    expect(second?.text).toBe(`14 alerts came in: ${linked}.`);
    expect(second?.data).toMatchObject({ score: 0.85, more: 4 });
    expect(second?.lines?.at(-1)).toBe('and 4 more');
  });

  it('takes the score from the record and not from the words', () => {
    const reason = `“tier (0.10); Rule 'x'” and more; ${why}`;
    const said = explained([
      begun,
      {
        ...{ type: 'alerts.changed', occurredAt: minutes(0) },
        data: { why: reason, score: 0.7, entries: [entry('a')] },
      },
    ]);
    expect(said.steps.find(({ about }) => about === 'alerts')?.data).toMatchObject({ score: 0.7 });
  });

  it('tells of at most twenty reasons', () => {
    const facts = Array.from({ length: 30 }, (_, i) =>
      joined(i, `reason ${i}`, entry('a', { fingerprint: String(i).padStart(64, '0') })),
    );
    const steps = explained([begun, ...facts]).steps.filter(({ about }) => about === 'alerts');
    expect(steps).toHaveLength(21);
    expect(steps.at(-1)?.text).toBe('10 other alerts came in for 10 other reasons.');
  });

  it('names the alert that made it more severe', () => {
    const raised: ControlFact = {
      type: 'incident.severity-changed',
      occurredAt: minutes(4),
      data: { from: 'P2_HIGH', to: 'P1_CRITICAL' },
    };
    const said = explained([
      begun,
      joined(0, why, entry('a')),
      raised,
      joined(4, why, entry('b', { severity: 'P1_CRITICAL' }), entry('c')),
    ]);
    expect(told(said, 'severity')).toEqual([
      'The system raised the severity from P2 High to P1 Critical.',
      'Because of “b fails”, which is P1 Critical.',
    ]);
  });

  it('names none for sure of several that came together, of which one has it page', () => {
    const lifted: ControlFact = {
      type: 'incident.severity-changed',
      occurredAt: minutes(4),
      data: { from: 'P2_HIGH', to: 'P2_HIGH', urgency: 'normal' },
    };
    const linesOf = (...came: Parameters<typeof entry>[]) =>
      told(
        explained([begun, lifted, joined(4, why, ...came.map((each) => entry(...each)))]),
        'severity',
      ).slice(1);
    expect(linesOf(['b'], ['c', { severity: 'P3_MEDIUM' }], ['d', { severity: 'P4_LOW' }])).toEqual([
      'Because of one of these, at least, which came together:',
      '“b fails”, which is P2 High.',
      '“c fails”, which is P3 Medium.',
    ]);
    expect(linesOf(['c', { severity: 'P3_MEDIUM' }])).toEqual(['Because of “c fails”, which is P3 Medium.']);
  });

  it('says that it became more severe with another that was merged into it', () => {
    const said = explained([
      begun,
      { type: 'incident.absorbed', occurredAt: minutes(4), data: { from: other, number: 27, reason: 'One' } },
      {
        type: 'incident.severity-changed',
        occurredAt: minutes(4),
        data: { from: 'P2_HIGH', to: 'P1_CRITICAL' },
      },
    ]);
    expect(told(said, 'severity').at(-1)).toBe('Because INC-27 was merged into this, which was as severe.');
  });

  it('says of the origin alone that was suspected last that the trouble seems to come from it', () => {
    const origin = (at: number, service: string): ControlFact => ({
      type: 'incident.origin-suspected',
      occurredAt: minutes(at),
      data: { service, why: 'it is upstream', score: 0.85 },
    });
    const lines = told(explained([begun, origin(1, 'checkout'), origin(2, 'postgres')]), 'links');
    expect(lines).toContain('The trouble seemed at first to come from checkout.');
    expect(lines).toContain('The trouble seems to come from postgres.');
  });

  it('tells what was merged, split, related and suspected, by whom and how sure that is', () => {
    const at = (number: number) => ({ occurredAt: minutes(number) });
    const said = explained([
      begun,
      { type: 'incident.absorbed', ...at(1), data: { from: other, reason: 'checkout depends on postgres' } },
      {
        type: 'incident.related',
        ...at(2),
        data: { incident: other, why: 'both need postgres', score: 0.4 },
      },
      {
        type: 'incident.origin-suspected',
        ...at(3),
        data: { service: 'postgres', why: 'it is upstream', score: 0.85 },
      },
      {
        type: 'incident.split',
        ...at(4),
        data: { into: other, alerts: ['a'.repeat(64)], reason: 'not ours' },
      },
    ]);
    const lines = told(said, 'links').join('\n');
    expect(lines).toContain('The system merged another incident into this: checkout depends on postgres');
    expect(lines).toContain('Score 0.40 of 1.');
    expect(lines).toContain('The trouble seems to come from postgres.');
    expect(lines).toContain('Ann moved an alert into an incident of its own: not ours');
  });

  it('says what comes next: a step, a resolve by itself, or nothing', () => {
    const open = explained([begun, joined(0, why, entry('a'))]);
    expect(told(open, 'next')[0]).toMatch(
      /^Step 1 of the escalation comes at .*It is resolved by itself when the alert that still is on has cleared\.$/,
    );
    const acknowledged: ControlFact = {
      type: 'incident.acknowledged',
      occurredAt: minutes(1),
      data: { generation: 1 },
    };
    expect(told(explained([begun, acknowledged]), 'next')[0]).toBe(
      'Nobody else is paged, since Ann acknowledged it at 2026-11-02 09:01:00 UTC.',
    );
    const step = (number: number): ControlFact => ({
      type: 'incident.escalated',
      occurredAt: minutes(number),
      data: { generation: 1, step: number, level: number, targets: [], laterFor: ['P1_CRITICAL'] },
    });
    const last = explained([begun, step(1)]);
    expect(told(last, 'next')[0]).toBe(
      'No further page is planned, since step 1 was the last of its escalation for its severity; more follow for P1 Critical.',
    );
    expect(told(last, 'page').at(-1)).toBe(told(last, 'next')[0]);
    const low = opened({ severity: 'P4_LOW' });
    expect(told(explained([low]), 'next')[0]).toContain('since it is P4 Low, which pages nobody');
  });

  it('says of a step that is kept back when it comes instead', () => {
    const held = { by: 'Maintenance window mwn_1 (disks)', until: minutes(60) };
    expect(told(explained([begun], { held }), 'next')[0]).toContain(
      'comes at 2026-11-02 10:00:00 UTC, since Maintenance window mwn_1 (disks) holds it until then',
    );
  });

  it('says what its rule wants of a first page that is not due yet', () => {
    const rule = ruleSchema.parse({
      ...{ id: 'by-service', name: 'Held', group: { by: ['service'] } },
      ...{ conditions: { minDuration: 120 }, actions: { cooldown: 600 } },
    });
    const waiting = incidentAfter({
      ...begun,
      data: { ...begun.data, next: { step: 1, dueAt: minutes(2) } },
    });
    expect(pageWaits(waiting, [], [rule], minutes(1))).toEqual([
      "Rule 'Held' pages only for an alert that has gone on for 2 min.",
      "Rule 'Held' pages no more for 10 min after a page of the same group, except about what is more severe.",
    ]);
    expect(pageWaits(waiting, [], [rule], minutes(2))).toEqual([]);
    expect(pageWaits(waiting, [], [], minutes(1))).toEqual([]);
  });

  it('says of one that is over until when an alert opens it again', () => {
    const resolved: ControlFact = {
      type: 'incident.resolved',
      occurredAt: minutes(10),
      data: { generation: 1, reason: 'alerts-resolved' },
    };
    const window = { incident: inc, generation: 1, from: T0, to: minutes(10), severity: 'P2_HIGH' } as const;
    const guard = { hash: 'h', version: 1, grouping: 1_200_000, windows: [window] };
    const next = (now: number) => told(explained([begun, resolved], { guard, now: minutes(now) }), 'next');
    expect(next(20)[1]).toContain('opens it again; a later one opens a new one');
    expect(next(60)[1]).toContain('opens a new incident');
  });

  it('says of one that is over that alerts come into a later one of its group', () => {
    const to = minutes(10);
    const over = { incident: inc, generation: 1, from: T0, to, severity: 'P2_HIGH' } as const;
    const later = { incident: other, generation: 1, from: minutes(50), severity: 'P2_HIGH' } as const;
    const guard = { hash: 'h', version: 1, grouping: 1_200_000, windows: [over, later] };
    const resolved: ControlFact = {
      type: 'incident.resolved',
      occurredAt: to,
      data: { generation: 1, reason: 'alerts-resolved' },
    };
    expect(told(explained([begun, resolved], { guard, now: minutes(60) }), 'next')[1]).toMatch(
      /^An alert that fires now comes into a later incident of its group: it could come back until /,
    );
  });

  it('says how much of a very long log was not read', () => {
    expect(told(explained([begun], { untold: 70_000 }), 'history')).toEqual([
      'Its log is very long: 70000 entries in the middle were not read for this.',
    ]);
  });
});
