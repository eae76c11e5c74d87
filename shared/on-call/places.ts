import type { Severity } from '../alerts/index.ts';
import type { Person } from './person.ts';
import type { Level, Policy } from './policy.ts';

/** A level at one of the steps at which it is paged. */
export interface Place {
  readonly step: number;
  /** The level's, from 1. */
  readonly number: number;
  readonly level: Level;
}

/**
 * The places of a policy from this step on: its levels laid out one after another, `repeat` times again; with a severity, only
 * those of levels that are for it.
 */
export function placesFrom(step: number, policy: Policy | undefined, severity?: Severity): readonly Place[] {
  if (!policy) return [];
  const round = policy.levels.map((level, index) => ({ level, number: index + 1 }));
  const all = Array.from({ length: policy.repeat + 1 }, () => round).flat();
  const places = all.map((place, index) => ({ ...place, step: index + 1 })).slice(step - 1);
  return severity === undefined ? places : places.filter(({ level }) => isFor(level, severity));
}

/** Whether incidents of a severity come to a level. */
export function isFor({ severities }: Level, severity: Severity): boolean {
  return severities === undefined || severities.includes(severity);
}

/** The step of a policy's last resort: the one after all its levels. */
export function lastStep(policy: Policy | undefined): number {
  return (policy ? policy.levels.length * (policy.repeat + 1) : 0) + 1;
}

/** The last resort of a policy where it can be paged: it is one of these people, and was not passed already. */
export function lastResortAt(
  step: number,
  policy: Policy | undefined,
  people: readonly Person[],
): Person | undefined {
  if (step > lastStep(policy)) return undefined;
  return people.find(({ id }) => id === policy?.lastResort);
}

/** The index of the first place at which one of these people is reached; -1 when none is. */
export function firstReached(places: readonly Place[], people: readonly Person[]): number {
  return places.findIndex(({ level }) => reachedBy(level, people).length > 0);
}

/** The people whom a level reaches, each once, in its order. */
export function reachedBy({ targets }: Level, people: readonly Person[]): readonly Person[] {
  return [...new Set(targets)].flatMap((target) => people.find(({ id }) => id === target) ?? []);
}
