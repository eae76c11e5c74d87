import { describe, expect, it } from 'vitest';
import {
  type ControlFact,
  decideIncident,
  evolveIncident,
  type Incident,
} from '../../../shared/incidents/index.ts';
import {
  type EscalateCommand,
  nextEscalation,
  type Person,
  type Policy,
  policyAt,
  policyFor,
  scheduleSchema,
  stepAfter,
} from '../../../shared/on-call/index.ts';
import { ann, incidentAfter, minutes, opened, T0, triggered } from '../../support/given.ts';

const person = (id: string): Person => ({ id, name: id, email: `${id}@example.com` });
const people = ['ann', 'bob', 'cid'].map(person);
const administrators = [person('root')];
const policy = (levels: readonly (readonly string[])[], repeat = 0): Policy => ({
  id: 'default',
  name: 'Default',
  levels: levels.map((targets) => ({ targets: [...targets], delay: 300 })),
  repeat,
});

/** The escalation when this step is next and due at the beginning, decided five minutes late. */
const due = (step: number, by: Policy | undefined, data: Parameters<typeof opened>[0] = {}) =>
  nextEscalation(triggered({ ...data, next: { step, dueAt: T0 } }), by, people, administrators, minutes(5));

const command = (step: number, by: Policy | undefined, data: Parameters<typeof opened>[0] = {}) => {
  const decided = due(step, by, data);
  if (decided.do !== 'escalate') throw new Error(`It decided to ${decided.do}`);
  const { targets, ...rest } = decided.command;
  return { ...rest, people: targets.map((target) => target.person) };
};

describe('a step', () => {
  it('pages its level; the next is due by the due time, not by the clock', () => {
    expect(command(1, policy([['ann'], ['bob']]))).toEqual({
      do: 'escalate',
      generation: 1,
      step: 1,
      level: 1,
      people: ['ann'],
      next: { step: 2, dueAt: minutes(5) },
    });
  });
  it('[F28] is never early: before its due time the answer is to wait until then', () => {
    const incident = triggered({ next: { step: 1, dueAt: minutes(5) } });
    const decided = nextEscalation(incident, policy([['ann']]), people, administrators, minutes(5) - 1);
    expect(decided).toEqual({ do: 'wait', until: minutes(5) });
  });
  it('gives a level the time that the rule of the incident says', () => {
    expect(command(1, policy([['ann'], ['bob']]), { escalateAfter: 600 }).next).toEqual({
      step: 2,
      dueAt: minutes(10),
    });
  });
  it('gives a level its whole delay when the next would be due already, as after an outage', () => {
    expect(command(1, policy([['ann'], ['bob']]), { escalateAfter: 60 }).next).toEqual({
      step: 2,
      dueAt: minutes(6),
    });
  });
  it('pages whoever of its level exists, each once', () => {
    expect(command(1, policy([['gone', 'bob', 'ann', 'bob']])).people).toEqual(['bob', 'ann']);
  });
  it('after the last level repeats, then ends', () => {
    const twice = policy([['ann'], ['bob']], 1);
    expect(command(2, twice)).toMatchObject({ level: 2, next: { step: 3 } });
    expect(command(3, twice)).toMatchObject({ level: 1, people: ['ann'], next: { step: 4 } });
    expect(command(4, twice)).toMatchObject({ level: 2 });
    expect(command(4, twice)).not.toHaveProperty('next');
  });
});

describe('[M8] a level that reaches nobody', () => {
  it('is passed over at once and named', () => {
    expect(command(1, policy([['gone'], ['bob'], ['cid']]))).toMatchObject({
      step: 1,
      level: 2,
      people: ['bob'],
      skipped: [1],
      next: { step: 3, dueAt: minutes(5) },
    });
  });
  it('as the last one leaves the administrators', () => {
    expect(command(2, policy([['ann'], ['gone']]))).toMatchObject({
      level: 0,
      people: ['root'],
      skipped: [2],
    });
  });
});

describe('[F35] the catch-all', () => {
  it('is the administrators as level 0 when there is no policy', () => {
    expect(command(1, undefined)).toEqual({
      do: 'escalate',
      generation: 1,
      step: 1,
      level: 0,
      people: ['root'],
    });
  });
  it('is paged when the policy has no level or nobody of it exists, and no loop follows', () => {
    expect(command(1, { ...policy([]), levels: [] })).toMatchObject({ level: 0, people: ['root'] });
    const gone = command(1, policy([['gone'], ['lost']], 9));
    expect(gone).toMatchObject({ level: 0, people: ['root'], skipped: [1, 2] });
    expect(gone).not.toHaveProperty('next');
  });
  it('comes after the last resort of the policy, which is paged alone and then not again', () => {
    const last = { ...policy([['gone'], ['lost']]), lastResort: 'cid' };
    expect(command(1, last)).toMatchObject({ level: 0, people: ['cid'], skipped: [1, 2], after: 4 });
    expect(command(1, last)).not.toHaveProperty('next');
    expect(command(4, last)).toMatchObject({ level: 0, people: ['root'] });
    expect(command(1, { ...last, lastResort: 'gone' })).toMatchObject({ level: 0, people: ['root'] });
    expect(command(1, { ...last, levels: [], repeat: 0 })).toMatchObject({ people: ['cid'], after: 2 });
  });
  it('[M18] is paged when the policy became shorter than the step that is due', () => {
    expect(command(5, policy([['ann'], ['bob']]))).toMatchObject({ level: 0, people: ['root'] });
  });
  it('says it with an empty list when there is no administrator either', () => {
    const decided = nextEscalation(triggered(), undefined, [], [], T0);
    expect(decided).toMatchObject({ do: 'escalate', command: { level: 0, targets: [] } });
  });
});

describe('a level for some severities', () => {
  const [first, second] = policy([['ann'], ['bob']]).levels;
  const web = (...severities: ('P1_CRITICAL' | 'P3_MEDIUM')[]): Policy => ({
    ...policy([]),
    levels: [first, second].flatMap((level, index) =>
      level ? [{ ...level, ...(index === 1 && { severities }) }] : [],
    ),
  });
  const [p1, p3] = [{ severity: 'P1_CRITICAL' }, { severity: 'P3_MEDIUM' }] as const;

  it('is planned only for them, and the record says for whom more would follow', () => {
    expect(command(1, web('P1_CRITICAL'), p1)).toMatchObject({ people: ['ann'], next: { step: 2 } });
    const quiet = command(1, web('P1_CRITICAL'), p3);
    expect(quiet).toMatchObject({ people: ['ann'], laterFor: ['P1_CRITICAL'] });
    expect(quiet).not.toHaveProperty('next');
    expect(quiet).not.toHaveProperty('otherSeverity');
  });
  it('is passed over at once for others, and said so', () => {
    const begins = { ...web('P1_CRITICAL'), levels: web('P1_CRITICAL').levels.toReversed() };
    expect(command(1, begins, p3)).toMatchObject({ level: 2, people: ['ann'], otherSeverity: [1] });
    expect(command(1, begins, p3)).not.toHaveProperty('skipped');
  });
  it('leaves the administrators when none is for an incident', () => {
    const none = { ...web('P1_CRITICAL'), levels: web('P1_CRITICAL').levels.slice(1) };
    expect(command(1, none, p3)).toMatchObject({ level: 0, people: ['root'], otherSeverity: [1] });
  });
  it('pages after all when an incident that nobody was left for becomes one of them', () => {
    const incident = triggered({ ...p3, next: { step: 1, dueAt: T0 } });
    const { command: taken } = due(1, web('P1_CRITICAL'), p3) as { command: EscalateCommand };
    const facts = decideIncident(incident, taken, T0);
    const recorded = { org: incident.org, incidentId: incident.id, actor: ann, recordedAt: T0 };
    const after = facts.reduce<Incident>((before, fact) => evolveIncident(before, fact, recorded), incident);
    const raised = (to: 'P1_CRITICAL' | 'P2_HIGH') => decideIncident(after, { do: 'raise-severity', to }, T0);
    expect(raised('P1_CRITICAL')).toMatchObject([{ data: { next: { step: 2, dueAt: T0 } } }]);
    expect(raised('P2_HIGH')[0]?.data).not.toHaveProperty('next');
  });
});

describe('a level that names a schedule', () => {
  const layers = [{ people: ['ann', 'bob'], startDate: '2026-10-26', handOff: '09:00' }];
  const schedules = [
    scheduleSchema.parse({ id: 'web', name: 'Web', timeZone: 'UTC', layers }),
    scheduleSchema.parse({
      ...{ id: 'office', name: 'Office', timeZone: 'UTC' },
      layers: [{ ...layers[0], only: [{ weekdays: ['sun'], from: '10:00', to: '11:00' }] }],
    }),
  ];
  const then = (levels: readonly (readonly string[])[], lastResort?: string) =>
    policyAt(
      { ...policy(levels), ...(lastResort && { lastResort }) },
      { people, schedules, overrides: [] },
      T0,
    );

  it('pages whom that has on call, each once; the record says who that was', () => {
    const { policy: web, onCall } = then([['web', 'bob', 'cid']]);
    expect(command(1, web)).toMatchObject({ level: 1, people: ['bob', 'cid'] });
    expect(onCall).toEqual([{ schedule: 'web', person: 'bob' }]);
  });
  it('[F35] [M8] with nobody on call is passed over at once, and said so', () => {
    const { policy: office, onCall } = then([['office'], ['ann']], 'office');
    expect(command(1, office)).toMatchObject({ level: 2, people: ['ann'], skipped: [1] });
    expect(onCall).toEqual([{ schedule: 'office' }]);
    expect(office).not.toHaveProperty('lastResort');
  });
  it('may be the last resort', () => {
    expect(command(1, then([['office']], 'web').policy)).toMatchObject({ level: 0, people: ['bob'] });
  });
});

describe('nothing more is done', () => {
  const stop = (...facts: readonly ControlFact[]) =>
    nextEscalation(incidentAfter(...facts), policy([['ann']]), people, administrators, minutes(60));

  it('when somebody acknowledged, or it is over', () => {
    const acknowledged = {
      type: 'incident.acknowledged',
      occurredAt: minutes(1),
      data: { generation: 1 },
    } as const;
    const resolved = {
      type: 'incident.resolved',
      occurredAt: minutes(1),
      data: { generation: 1, reason: 'person' },
    } as const;
    expect(stop(opened(), acknowledged)).toEqual({ do: 'stop', why: 'acknowledged' });
    expect(stop(opened(), resolved)).toEqual({ do: 'stop', why: 'resolved' });
    expect(stop(opened(), { type: 'incident.deleted', occurredAt: minutes(1), data: {} })).toEqual({
      do: 'stop',
      why: 'deleted',
    });
  });
  it('when no step is left, or the severity wakes nobody', () => {
    expect(stop(opened({ severity: 'P4_LOW' }))).toEqual({ do: 'stop', why: 'exhausted' });
  });
});

describe('the policy of an incident', () => {
  const [first, second] = [policy([['ann']]), { ...policy([['bob']]), id: 'night' }];
  it('is the one that it names, else the first; one that is gone is none', () => {
    expect(policyFor({}, [first, second])).toBe(first);
    expect(policyFor({ policy: 'night' }, [first, second])).toBe(second);
    expect(policyFor({ policy: 'gone' }, [first, second])).toBeUndefined();
    expect(policyFor({}, [])).toBeUndefined();
  });
});

describe('the step after one that was taken', () => {
  const round = policy([['ann'], ['bob'], ['cid']], 1);
  it('comes after the level that was reached, also in a later round', () => {
    expect([stepAfter(1, 1, round), stepAfter(1, 3, round), stepAfter(3, 2, round)]).toEqual([2, 4, 6]);
  });
  it('is that of the administrators after the last level, and where the level is in no policy any more', () => {
    for (const after of [stepAfter(6, 3, round), stepAfter(2, 9, round), stepAfter(2, undefined, round)])
      expect(command(after ?? 0, round)).toMatchObject({ level: 0, people: ['root'] });
    expect(stepAfter(2, 1, undefined)).toBe(3);
  });
  it('is none after the administrators', () => {
    expect(stepAfter(7, 0, round)).toBeUndefined();
  });
});
