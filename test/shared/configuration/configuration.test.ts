import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  configurationSchema,
  disagreements,
  emptyConfiguration,
} from '../../../shared/configuration/index.ts';

const person = (id: string) => ({ id, name: id, email: `${id}@example.com` });
const policy = (id: string, ...targets: string[]) => ({ id, name: id, levels: [{ targets, delay: 60 }] });
const rule = (id: string, assignToTeam?: string) => ({
  id,
  name: id,
  actions: assignToTeam ? { assignToTeam } : {},
});
const faultsOf = (document: object): string[] => {
  const parsed = configurationSchema.safeParse(document);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('a configuration', () => {
  it('may be empty, and then has no people, policies and rules', () => {
    expect(configurationSchema.parse({})).toEqual(emptyConfiguration);
  });

  it('holds people, policies that page them, and rules that assign to policies', () => {
    const document = { people: [person('ann')], policies: [policy('web', 'ann')], rules: [rule('r', 'web')] };
    expect(faultsOf(document)).toEqual([]);
  });

  it('names nobody and nothing that is not in it', () => {
    expect(
      faultsOf({
        people: [person('ann')],
        policies: [policy('web', 'ann', 'bob')],
        rules: [rule('r', 'db')],
      }),
    ).toEqual([
      "policies.0.levels.0.targets.1: There is no person or schedule 'bob'",
      "rules.0.actions.assignToTeam: There is no policy 'db'; there is 'web'",
    ]);
    expect(
      faultsOf({
        people: [person('annika')],
        policies: [policy('postgres', 'anika')],
        rules: [rule('r', 'postgress')],
      }),
    ).toEqual([
      "policies.0.levels.0.targets.0: There is no person or schedule 'anika'; did you mean 'annika'?",
      "rules.0.actions.assignToTeam: There is no policy 'postgress'; there is 'postgres'; did you mean 'postgres'?",
    ]);
  });

  it('has each id once', () => {
    const twice = { people: [person('ann'), person('ann')], rules: [rule('r'), rule('r')] };
    expect(faultsOf(twice)).toEqual([
      "people.1.id: The id 'ann' is there twice",
      "rules.1.id: The id 'r' is there twice",
    ]);
  });

  it('leaves the ids to the built-in rule, and to storms, merges and splits, that explanations name them by', () => {
    const ids = ['default', 'storm', 'split', 'merged', 'Default', 'constructor'];
    expect(faultsOf({ rules: ids.map((id) => rule(id)) })).toEqual([
      "rules.0.id: Got the id 'default', which is kept for the built-in rule, which takes what no other rule does; take another",
      expect.stringMatching(/^rules\.1\.id: Got the id 'storm'/),
      expect.stringMatching(/^rules\.2\.id: Got the id 'split'/),
      expect.stringMatching(/^rules\.3\.id: Got the id 'merged'/),
    ]);
  });

  it('[F58] takes no field that it does not know', () => {
    expect(faultsOf({ tenantId: 'x' })).toHaveLength(1);
    expect(faultsOf({ people: [{ ...person('ann'), role: 'administrator' }] })).toHaveLength(1);
  });

  it('is the same after it was stored and read', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(ids, ids, (people, teams) => {
        const document = configurationSchema.parse({
          people: people.map(person),
          policies: teams.map((id) => policy(id, ...people)),
          rules: teams.map((id) => rule(id, id)),
        });
        expect(configurationSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
      }),
    );
  });

  it('names every stranger that a policy pages, wherever it stands', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 });
    fc.assert(
      fc.property(ids, ids, (known, paged) => {
        const policies = [{ ...policy('p', ...paged), repeat: 0 }];
        const others = { schedules: [], rules: [], services: [], postmortemTemplates: [] };
        expect(disagreements({ people: known.map(person), policies, ...others })).toHaveLength(
          paged.filter((id) => !known.includes(id)).length,
        );
      }),
    );
  });
});
