import type { Person } from './person.ts';
import type { Level, Policy } from './policy.ts';

/** A level at one of the steps at which it is paged. */
export interface Place {
  readonly step: number;
  /** The level's, from 1. */
  readonly number: number;
  readonly level: Level;
}

/** The places of a policy from this step on: its levels laid out one after another, `repeat` times again. */
export function placesFrom(step: number, policy: Policy | undefined): readonly Place[] {
  if (!policy) return [];
  const round = policy.levels.map((level, index) => ({ level, number: index + 1 }));
  const all = Array.from({ length: policy.repeat + 1 }, () => round).flat();
  return all.map((place, index) => ({ ...place, step: index + 1 })).slice(step - 1);
}

/** The index of the first place at which one of these people is reached; -1 when none is. */
export function firstReached(places: readonly Place[], people: readonly Person[]): number {
  return places.findIndex(({ level }) => reachedBy(level, people).length > 0);
}

/** The people whom a level reaches, each once, in its order. */
export function reachedBy({ targets }: Level, people: readonly Person[]): readonly Person[] {
  return [...new Set(targets)].flatMap((target) => people.find(({ id }) => id === target) ?? []);
}
