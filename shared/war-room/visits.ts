import type { PersonJoined, PersonLeft } from '../incidents/index.ts';
import { type Actor, type Instant, MINUTE } from '../kernel/index.ts';

/** How long somebody may be away without having left. */
export const AWAY = MINUTE;

/** That somebody is in a room, or was a moment ago. */
export interface Visit {
  readonly actor: Actor;
  readonly since: Instant;
  /** When their last connection went. */
  readonly leftAt?: Instant;
}

/** What happened to the connections of one person in one room. */
export type VisitEvent =
  /** There is one more. */
  | 'came'
  /** There is none any more. */
  | 'went'
  /** There is still none, a minute later. */
  | 'stayed-away';

/** What is to be kept of a visit, undefined for nothing, and what is to be recorded. */
export interface VisitDecision {
  readonly visit: Visit | undefined;
  readonly facts: readonly (PersonJoined | PersonLeft)[];
}

/** Joining and leaving as facts: whoever is back within a minute, as after a reload, neither left nor joined. */
export function decideVisit(
  visit: Visit | undefined,
  event: VisitEvent,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): VisitDecision {
  const away = visit?.leftAt;
  switch (event) {
    case 'came':
      if (visit === undefined) return { visit: { actor, since: now }, facts: [joined(actor, now)] };
      // Known anew, so that it does not run out while somebody stays.
      if (away === undefined) return { visit: { ...visit }, facts: [] };
      if (now - away < AWAY) return { visit: { actor: visit.actor, since: visit.since }, facts: [] };
      return { visit: { actor, since: now }, facts: [left(visit.actor, away), joined(actor, now)] };
    case 'went':
      return { visit: visit && away === undefined ? { ...visit, leftAt: now } : visit, facts: [] };
    case 'stayed-away':
      if (visit === undefined || away === undefined || now - away < AWAY) return { visit, facts: [] };
      return { visit: undefined, facts: [left(visit.actor, away)] };
  }
}

const joined = (actor: Actor, at: Instant): PersonJoined => ({
  type: 'room.joined',
  occurredAt: at,
  data: { person: personOf(actor) },
});

const left = (actor: Actor, at: Instant): PersonLeft => ({
  type: 'room.left',
  occurredAt: at,
  data: { person: personOf(actor) },
});

/** How a room calls somebody. */
export const personOf = (actor: Actor): { readonly id: string; readonly name: string } => ({
  id: actor.id,
  name: 'name' in actor ? actor.name : actor.id,
});
