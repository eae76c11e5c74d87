import { describe, expect, it } from 'vitest';
import { onCallApi } from '../../../shared/on-call/api.ts';
import { onCallNow, type Person, type Policy, policySchema, turnsOf } from '../../../shared/on-call/index.ts';
import { T0 } from '../../support/given.ts';

const person = (id: string): Person => ({ id, name: id.toUpperCase(), email: `${id}@example.com` });
const [ann, bob, root] = [person('ann'), person('bob'), person('root')];
const policy = (id: string, levels: readonly (readonly string[])[], repeat = 0) =>
  policySchema.parse({ id, name: id, levels: levels.map((targets) => ({ targets })), repeat });
const told = (policies: readonly Policy[], people: readonly Person[], administrators: readonly Person[]) =>
  onCallApi['get-on-call'].answer.parse(
    onCallNow(policies, { people, schedules: [], overrides: [] }, administrators, T0),
  );

describe('who is on call', () => {
  it('is told by policy: its levels, whom the first page reaches and whom the next, and which policy takes the rest', () => {
    const now = told([policy('web', [['ann'], ['bob', 'ann']]), policy('db', [['bob']])], [ann, bob], [root]);
    expect(now).toMatchObject({
      policies: [
        {
          id: 'web',
          isDefault: true,
          levels: [
            { level: 1, delay: 300, people: [{ id: 'ann', name: 'ANN' }] },
            { level: 2, delay: 300, people: [{ id: 'bob' }, { id: 'ann' }] },
          ],
          now: { level: 1, people: [{ id: 'ann', name: 'ANN' }] },
          next: { level: 2 },
          problems: [],
        },
        { id: 'db', isDefault: false, now: { level: 1 }, problems: [] },
      ],
      administrators: [{ id: 'root', name: 'ROOT' }],
      problems: [],
    });
    expect(now.policies[1]).not.toHaveProperty('next');
    expect(JSON.stringify(now)).not.toContain('@example.com');
  });

  it('names who is not among the people, and the level that is passed over', () => {
    const [web] = told([policy('web', [['gone'], ['ann', 'left']])], [ann], [root]).policies;
    expect(web).toMatchObject({
      levels: [{ unknown: ['gone'], people: [] }, { unknown: ['left'] }],
      now: { level: 2, people: [{ id: 'ann' }] },
      problems: [
        "Level 1 names 'gone', who is not among the people.",
        "Level 2 names 'left', who is not among the people.",
        'Level 1 reaches nobody and is passed over.',
      ],
    });
  });

  it('says when only the administrators are left, and when there is nobody at all', () => {
    const gone = policy('web', [['gone']]);
    const [last] = told([gone], [ann], [root]).policies;
    expect(last).toMatchObject({ now: { level: 0, people: [{ id: 'root' }] } });
    expect(last?.problems.at(-1)).toBe('No level reaches anybody, so the administrators are paged.');
    const nobody = told([gone], [ann], []);
    expect(nobody.policies[0]).not.toHaveProperty('now');
    expect(nobody.policies[0]?.problems.at(-1)).toBe('No level reaches anybody, so nobody is paged.');
    expect(nobody.problems).toEqual([
      'No administrator has an e-mail address, so nobody is paged where a policy reaches nobody.',
    ]);
    expect(told([], [ann], [root]).problems).toEqual([
      'No policy is configured, so every page goes to the administrators.',
    ]);
  });

  it('goes through the levels again as often as the policy says, and without a policy asks the administrators', () => {
    const levels = turnsOf(policy('web', [['ann'], ['bob']], 1), [ann, bob], [root]);
    expect(levels.map(({ level }) => level)).toEqual([1, 2, 1, 2]);
    expect(turnsOf(undefined, [ann], [root])).toEqual([{ level: 0, people: [root] }]);
    expect(turnsOf(undefined, [ann], [])).toEqual([]);
  });
});
