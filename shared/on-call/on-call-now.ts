import type * as z from 'zod';
import type { onCallApi } from './api.ts';
import type { Person } from './person.ts';
import { reachedBy } from './places.ts';
import type { Level, Policy } from './policy.ts';
import { type Turn, turnsOf } from './turns.ts';

export type OnCallNow = z.input<(typeof onCallApi)['get-on-call']['answer']>;
type PolicyNow = OnCallNow['policies'][number];
type LevelNow = PolicyNow['levels'][number];

/** Who is on call by a configuration, and what keeps somebody from being reached, in words. Addresses stay out of it. */
export function onCallNow(
  policies: readonly Policy[],
  people: readonly Person[],
  administrators: readonly Person[],
): OnCallNow {
  return {
    policies: policies.map((policy, index) => ({
      ...policyNow(policy, people, administrators),
      isDefault: index === 0,
    })),
    administrators: administrators.map(named),
    problems: [
      ...(policies.length === 0
        ? ['No policy is configured, so every page goes to the administrators.']
        : []),
      ...(administrators.length === 0
        ? ['No administrator has an e-mail address, so nobody is paged where a policy reaches nobody.']
        : []),
    ],
  };
}

function policyNow(
  policy: Policy,
  people: readonly Person[],
  administrators: readonly Person[],
): Omit<PolicyNow, 'isDefault'> {
  const levels = policy.levels.map((level, index) => levelNow(level, index + 1, people));
  const [now, next] = turnsOf(policy, people, administrators).map(viewTurn);
  const { id, name, repeat } = policy;
  return {
    id,
    name,
    repeat,
    levels,
    ...(now && { now }),
    ...(next && { next }),
    problems: problemsOf(levels, administrators.length > 0),
  };
}

function levelNow(level: Level, number: number, people: readonly Person[]): LevelNow {
  const unknown = [...new Set(level.targets)].filter((target) => people.every(({ id }) => id !== target));
  return {
    level: number,
    delay: level.delay,
    people: reachedBy(level, people).map(named),
    ...(unknown.length > 0 && { unknown }),
  };
}

function problemsOf(levels: readonly LevelNow[], hasLastResort: boolean): string[] {
  const unknown = levels.flatMap(({ level, unknown: names = [] }) =>
    names.map((name) => `Level ${level} names '${name}', who is not among the people.`),
  );
  const empty = levels.filter(({ people }) => people.length === 0);
  if (empty.length === levels.length)
    return [
      ...unknown,
      `No level reaches anybody, so ${hasLastResort ? 'the administrators are' : 'nobody is'} paged.`,
    ];
  return [...unknown, ...empty.map(({ level }) => `Level ${level} reaches nobody and is passed over.`)];
}

const named = ({ id, name }: Person) => ({ id, name });
const viewTurn = ({ level, people }: Turn) => ({ level, people: people.map(named) });
