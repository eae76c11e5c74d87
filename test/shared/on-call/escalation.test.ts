import { describe, expect, it } from 'vitest';
import type { ControlFact } from '../../../shared/incidents/index.ts';
import {
  nextEscalation,
  type Person,
  type Policy,
  policyFor,
  stepAfter,
} from '../../../shared/on-call/index.ts';
import { incidentAfter, minutes, opened, T0, triggered } from '../../support/given.ts';

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
  it('[M18] is paged when the policy became shorter than the step that is due', () => {
    expect(command(5, policy([['ann'], ['bob']]))).toMatchObject({ level: 0, people: ['root'] });
  });
  it('says it with an empty list when there is no administrator either', () => {
    const decided = nextEscalation(triggered(), undefined, [], [], T0);
    expect(decided).toMatchObject({ do: 'escalate', command: { level: 0, targets: [] } });
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
