import { type Incident, isMerged, isOpen, nameOf } from '../../incidents/index.ts';
import { digest, type Instant, Refusal } from '../../kernel/index.ts';
import { emptyGuard, type Guard, type Window, windowOf } from '../guard.ts';
import { decideMerge, type Merge, nextPageOf, raisedBy, type Side } from './merge.ts';

/** An incident that a person merges, with the guard of its alerts; that is absent where a person declared it. */
export interface Merging {
  readonly incident: Incident;
  readonly guard?: Guard;
}

/**
 * What it does when a person merges one open incident into another. Alerts that come for the one come into the other from now
 * on, for as long as that goes on; one that was declared gets a key of its own for that. Refused with `conflict` when one of them is over.
 */
export function mergeByHand(into: Merging, from: Merging, reason: string, now: Instant): Merge {
  if (into.incident.id === from.incident.id)
    throw new Refusal('invalid', 'An incident cannot be merged into itself.', 'body.incidents');
  refuseOver(into.incident, 'open it again first, then merge');
  refuseOver(from.incident, 'what is over needs no merging; relate the two instead');
  const own = from.guard && { incident: from.incident, guard: from.guard, window: windowIn(from) };
  const keep = sideOf(into, own?.guard.grouping);
  const link = { kind: 'person', score: 1, why: reason } as const;
  if (own) return declaring(into, keep, decideMerge(keep, own, link, now));
  return {
    keep: into.incident.id,
    gone: from.incident.id,
    guards: [],
    keepDoes: [
      { do: 'absorb', from: from.incident.id, number: from.incident.number, reason, ...nextPageOf(from) },
      raisedBy(from, into, now),
    ],
    goneDoes: [{ do: 'merge', into: into.incident.id, number: into.incident.number, reason }],
  };
}

function refuseOver(incident: Incident, advice: string): void {
  if (isOpen(incident) && incident.deletedAt === undefined) return;
  if (incident.state === 'resolved' && isMerged(incident) && incident.deletedAt === undefined) {
    const { mergedInto, mergedIntoNumber: number } = incident;
    const into = number === undefined ? mergedInto : `${nameOf({ number })} (${mergedInto})`;
    throw new Refusal(
      'conflict',
      `${nameOf(incident)} was merged into ${into}, where it goes on; merge with that one instead.`,
      'state',
    );
  }
  const over = incident.deletedAt === undefined ? 'resolved' : 'deleted';
  throw new Refusal('conflict', `${nameOf(incident)} is ${over}: ${advice}.`, 'state');
}

function sideOf({ incident, guard }: Merging, grouping: number | undefined): Side {
  const own = guard ?? {
    ...emptyGuard(digest('declared', incident.id)),
    ...(grouping !== undefined && { grouping }),
  };
  return { incident, guard: own, window: windowIn({ incident, guard: own }) };
}

/** Its window; one that was declared, or is forgotten, has one from its beginning. */
function windowIn({ incident, guard }: Merging): Window {
  const { id, generation, openedAt, severity } = incident;
  const known = guard && windowOf(guard, id);
  return known ?? { incident: id, generation, from: openedAt, severity };
}

/** With the key under which a declared incident takes alerts. */
function declaring({ incident, guard }: Merging, { guard: { hash } }: Side, merge: Merge): Merge {
  if (guard) return merge;
  const correlation = { hash, rule: 'merged', key: `merged into ${nameOf(incident)}` };
  return {
    ...merge,
    keepDoes: merge.keepDoes.map((one) => (one.do === 'absorb' ? { ...one, correlation } : one)),
  };
}
