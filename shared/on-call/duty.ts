import type { Instant } from '../kernel/index.ts';
import { onCallAt } from './final-schedule.ts';
import type { Override } from './override.ts';
import type { Person } from './person.ts';
import type { Policy } from './policy.ts';
import type { Schedule } from './schedule.ts';

/** What says who is meant by a target of a policy. */
export interface Duty {
  readonly people: readonly Person[];
  readonly schedules: readonly Schedule[];
  readonly overrides: readonly Override[];
}

/** Whom a schedule has on call; without a person, nobody. */
export interface OnCallOf {
  readonly schedule: string;
  readonly person?: string;
}

/** A policy as it is at an instant, and whom the schedules that it names have on call then. */
export interface PolicyThen {
  /** Its targets are ids of people alone; a schedule with nobody is no target. */
  readonly policy: Policy;
  readonly onCall: readonly OnCallOf[];
}

/** Puts in place of each schedule that a policy names whom it has on call at an instant. */
export function policyAt(policy: Policy, duty: Duty, at: Instant): PolicyThen {
  const asked = new Map<string, OnCallOf>();
  const meant = (target: string): readonly string[] => {
    const schedule = duty.schedules.find(({ id }) => id === target);
    if (!schedule) return [target];
    const { person } = asked.get(target) ?? onCallAt(schedule, duty, at);
    asked.set(target, { schedule: target, ...(person !== undefined && { person }) });
    return person === undefined ? [] : [person];
  };
  const levels = policy.levels.map((level) => ({ ...level, targets: level.targets.flatMap(meant) }));
  const { lastResort: target, ...rest } = policy;
  const lastResort = target === undefined ? undefined : meant(target)[0];
  const then = { ...rest, levels, ...(lastResort !== undefined && { lastResort }) };
  return { policy: then, onCall: [...asked.values()] };
}
