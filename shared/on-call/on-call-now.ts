import type * as z from 'zod';
import { type Instant, toText } from '../kernel/index.ts';
import type { onCallApi } from './api.ts';
import { type Duty, policyBy, type SchedulesThen, schedulesAt } from './duty.ts';
import { namedIn, onCallOf } from './on-call-of.ts';
import type { Person } from './person.ts';
import { reachedBy } from './places.ts';
import type { Level, Policy } from './policy.ts';
import { type Turn, turnsOf } from './turns.ts';

export type OnCallNow = z.input<(typeof onCallApi)['get-on-call']['answer']>;
type PolicyNow = OnCallNow['policies'][number];
type LevelNow = PolicyNow['levels'][number];

/** Who is on call at an instant, and what keeps somebody from being reached, in words. Addresses stay out of it. */
export function onCallNow(
  policies: readonly Policy[],
  duty: Duty,
  administrators: readonly Person[],
  at: Instant,
): OnCallNow {
  const then = schedulesAt(duty, at);
  return {
    at: toText(at),
    schedules: duty.schedules.map((schedule) => onCallOf(schedule, duty, at)),
    policies: policies.map((policy, index) => ({
      ...policyNow(policy, duty, administrators, then),
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
  duty: Duty,
  administrators: readonly Person[],
  schedulesThen: SchedulesThen,
): Omit<PolicyNow, 'isDefault'> {
  const { policy: then } = policyBy(policy, schedulesThen);
  const levels = policy.levels.map((level, index) => {
    const people = reachedBy(then.levels[index] ?? level, duty.people);
    return { ...levelNow(level, index + 1, duty), people: people.map(named) };
  });
  const [now, next] = turnsOf(then, duty.people, administrators).map(viewTurn);
  const { id, name, repeat, lastResort } = policy;
  const hasLast = then.lastResort !== undefined && duty.people.some((one) => one.id === then.lastResort);
  return {
    id,
    name,
    repeat,
    levels,
    ...(lastResort !== undefined && { lastResort: namedIn(lastResort, duty) }),
    ...(now && { now }),
    ...(next && { next }),
    problems: problemsOf(levels, hasLast ? 'last resort' : administrators.length > 0 && 'administrators'),
  };
}

function levelNow(level: Level, number: number, { people, schedules }: Duty): Omit<LevelNow, 'people'> {
  const targets = [...new Set(level.targets)];
  const own = schedules.filter(({ id }) => targets.includes(id)).map(({ id, name }) => ({ id, name }));
  const isIn = (list: readonly { readonly id: string }[], target: string): boolean =>
    list.some(({ id }) => id === target);
  const unknown = targets.filter((target) => !isIn(people, target) && !isIn(schedules, target));
  return {
    level: number,
    delay: level.delay,
    ...(level.severities && { severities: level.severities }),
    ...(own.length > 0 && { schedules: own }),
    ...(unknown.length > 0 && { unknown }),
  };
}

function problemsOf(levels: readonly LevelNow[], last: 'last resort' | 'administrators' | false): string[] {
  const unknown = levels.flatMap(({ level, unknown: names = [] }) =>
    names.map((name) => `Level ${level} names '${name}', who is not among the people.`),
  );
  const empty = levels.filter(({ people }) => people.length === 0);
  if (empty.length === levels.length)
    return [...unknown, `No level reaches anybody, so ${pagedInstead(last)}.`];
  return [...unknown, ...empty.map(({ level }) => `Level ${level} reaches nobody and is passed over.`)];
}

function pagedInstead(last: 'last resort' | 'administrators' | false): string {
  if (last === false) return 'nobody is paged';
  return last === 'administrators' ? 'the administrators are paged' : 'the last resort is paged';
}

const named = ({ id, name }: Person) => ({ id, name });
const viewTurn = ({ level, people }: Turn) => ({ level, people: people.map(named) });
