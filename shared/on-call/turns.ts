import type { Person } from './person.ts';
import { lastResortAt, placesFrom, reachedBy } from './places.ts';
import type { Policy } from './policy.ts';

/** One page of an escalation that nobody answers. */
export interface Turn {
  /** From 1; 0 stands for the last resort of the policy, or the administrators. */
  readonly level: number;
  readonly people: readonly Person[];
}

/**
 * Whom an escalation pages in turn as long as nobody answers, as `nextEscalation` decides it step by step: levels that reach
 * nobody are passed over, and when none is left of those that should come, the last resort of the policy is the last, or the
 * administrators. Of an incident whose severity comes to every level.
 */
export function turnsOf(
  policy: Policy | undefined,
  people: readonly Person[],
  administrators: readonly Person[],
): readonly Turn[] {
  const places = placesFrom(1, policy).map(({ number, level }) => ({
    level: number,
    people: reachedBy(level, people),
  }));
  const turns = places.filter((place) => place.people.length > 0);
  const last = places.at(-1);
  const endsReached = last !== undefined && last.people.length > 0;
  const lastResort = lastResortAt(1, policy, people);
  const lastPeople = lastResort ? [lastResort] : administrators;
  if (endsReached || lastPeople.length === 0) return turns;
  return [...turns, { level: 0, people: lastPeople }];
}
