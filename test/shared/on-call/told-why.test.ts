import { describe, expect, it } from 'vitest';
import type { ControlFact } from '../../../shared/incidents/index.ts';
import { type Actor, system } from '../../../shared/kernel/index.ts';
import { escalationTold, namerOf, pagingOf, policySchema } from '../../../shared/on-call/index.ts';
import { ann, minutes, opened, T0 } from '../../support/given.ts';
import { acknowledged, escalated, recordOf, sent, texts, toldOf } from '../../support/told-pages.ts';

describe('why an incident pages by its policy, and what its steps waited for', () => {
  it('names the policy by which it pages, and says why by that one', () => {
    const policy = policySchema.parse({ id: 'pol_1', name: 'Platform', levels: [{ targets: ['bob'] }] });
    const facts = [opened(), escalated(1, 'bob')];
    const first = toldOf(facts, [sent('bob', 1)], { policy });
    expect(first.summary).toBe(
      "INC-12 paged BOB, first at 2026-11-02 09:06:00 UTC, by policy 'Platform' (pol_1).",
    );
    expect(first.steps[0]).toMatchObject({
      basis: 'recomputed',
      text: "It pages by policy 'Platform' (pol_1), the first one, since neither its rule nor the owner of its service names another.",
    });
    const correlation = { hash: 'h', rule: 'r', key: 'service=web' };
    const facts2 = [opened({ policy: 'pol_1', correlation, service: 'web' }), escalated(1, 'bob')];
    const { incident } = recordOf(facts2);
    const rules = [{ id: 'r', name: 'Web', actions: { assignToTeam: 'pol_1' } }];
    const services = [{ id: 'web', owner: 'pol_1' }];
    const namers = [namerOf(incident, { rules, services }), namerOf(incident, { rules: [], services })];
    expect(namers).toEqual(["to which rule 'Web' assigns", "which owns service 'web'"]);
    expect(namerOf(incident, { rules: [], services: [] })).toBe('which was chosen when it was declared');
    const [namedBy = ''] = namers;
    const named = recordOf(facts2, [], { policy, namedBy });
    expect(pagingOf('bob', named)[0]?.text).toBe(
      "It pages by policy 'Platform' (pol_1), to which rule 'Web' assigns.",
    );
    expect(texts(toldOf([opened({ policy: 'gone' })]))[0]).toBe(
      "Its escalation policy 'gone' is not configured any more, so the administrators are paged.",
    );
    expect(texts(toldOf([opened({ severity: 'P4_LOW' })], [], { policy })).join()).not.toContain('Platform');
  });

  it('names no rule that had no part in it, though that assigns the same policy today', () => {
    const rules = [
      { id: 'other', name: 'Other', actions: { assignToTeam: 'pol_1' } },
      { id: 'moved', name: 'Moved', actions: { assignToTeam: 'pol_2' } },
    ];
    const namer = (rule: string, key = 'service=web', openedBy: Actor = system('detection')) => {
      const { incident } = recordOf([opened({ policy: 'pol_1', correlation: { hash: 'h', rule, key } })]);
      return namerOf({ ...incident, openedBy }, { rules, services: [] });
    };
    expect([namer('gone'), namer('moved')]).toEqual([undefined, undefined]);
    expect(namer('storm', 'integration=int_1')).toBe('which is for the alert with which the storm began');
    expect(namer('gone', 'split from INC-3', ann)).toBe('as INC-3 did, from which it was split off');
  });

  it('says of what keeps a step back no more when that is due, which may be later', () => {
    const due = (at: number): ControlFact => ({
      type: 'incident.put-off',
      occurredAt: T0,
      data: { generation: 1, next: { step: 1, dueAt: minutes(at) } },
    });
    const wordsAt = (at: number, actor = system('escalation')) => {
      const record = recordOf([opened({ next: { step: 1, dueAt: minutes(9) } }), due(at)]);
      const facts = record.facts.map((fact) => ({ ...fact, actor }));
      return texts(escalationTold({ ...record, facts })).find((text) => text.startsWith('What '));
    };
    expect(wordsAt(0)).toMatch(/^What kept the next step back ended.* so the step was due at once\.$/);
    expect(wordsAt(2)).toMatch(/so the step was due at 2026-11-02 09:02:00 UTC\.$/);
    expect(wordsAt(0, system('detection'))).toBe(
      'What came in may page sooner than what kept the next step back, so the step was due at once.',
    );
  });

  it('tells the end of what kept a step back, which may have come before its limit', () => {
    const put = (at: number, until: number, by?: string): ControlFact => ({
      type: 'incident.put-off',
      occurredAt: minutes(at),
      data: { generation: 1, next: { step: 1, dueAt: minutes(until) }, ...(by !== undefined && { by }) },
    });
    const saidOf = (...after: readonly ControlFact[]) =>
      texts(toldOf([opened(), put(1, 90, 'Silence A'), ...after])).filter((text) => /^Silence/.test(text));
    expect(saidOf()).toEqual(['Silence A keeps the next step back, at most until 2026-11-02 10:30:00 UTC.']);
    expect(saidOf(put(4, 4))).toEqual(['Silence A kept the next step back until 2026-11-02 09:04:00 UTC.']);
    expect(saidOf(acknowledged(5))).toEqual([
      'Silence A kept the next step back until 2026-11-02 09:05:00 UTC.',
    ]);
    expect(saidOf(put(4, 60, 'Silence A'))).toEqual([
      'Silence A kept the next step back, as far as was known then at most until 2026-11-02 10:30:00 UTC.',
      'Silence A keeps the next step back, at most until 2026-11-02 10:00:00 UTC.',
    ]);
    const late = { ...escalated(1, 'bob'), occurredAt: minutes(91) };
    expect(saidOf(late)).toEqual(['Silence A kept the next step back until 2026-11-02 10:30:00 UTC.']);
  });
});
