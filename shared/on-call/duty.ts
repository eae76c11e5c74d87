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

/** Whom a target has on call when it is a schedule. */
export type SchedulesThen = (target: string) => OnCallOf | undefined;

/** Whom the schedules have on call at an instant, each computed once however many policies name it. */
export function schedulesAt(duty: Duty, at: Instant): SchedulesThen {
  const schedules = new Map(duty.schedules.map((schedule) => [schedule.id, schedule]));
  const known = new Map<string, OnCallOf>();
  return (target) => {
    const schedule = schedules.get(target);
    if (!schedule) return undefined;
    const before = known.get(target);
    if (before) return before;
    const { person } = onCallAt(schedule, duty, at);
    const now = { schedule: target, ...(person !== undefined && { person }) };
    known.set(target, now);
    return now;
  };
}

/** Puts in place of each schedule that a policy names whom it has on call then. */
export function policyBy(policy: Policy, schedulesThen: SchedulesThen): PolicyThen {
  const asked = new Map<string, OnCallOf>();
  const meant = (target: string): readonly string[] => {
    const onCall = schedulesThen(target);
    if (!onCall) return [target];
    asked.set(target, onCall);
    return onCall.person === undefined ? [] : [onCall.person];
  };
  const levels = policy.levels.map((level) => ({ ...level, targets: level.targets.flatMap(meant) }));
  const { lastResort: target, ...rest } = policy;
  const lastResort = target === undefined ? undefined : meant(target)[0];
  const then = { ...rest, levels, ...(lastResort !== undefined && { lastResort }) };
  return { policy: then, onCall: [...asked.values()] };
}

/** A policy with whom schedules have on call at an instant in their place. */
export const policyAt = (policy: Policy, duty: Duty, at: Instant): PolicyThen =>
  policyBy(policy, schedulesAt(duty, at));
