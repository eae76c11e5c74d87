import { type Incident, isOpen, nameOf } from '../incidents/index.ts';
import { type Duration, type IncidentId, type Instant, MINUTE, Refusal } from '../kernel/index.ts';
import { apart, closed, type Guard, isOpenWindow, reopened, windowOf, withWindow } from './guard.ts';
import { fitted } from './late.ts';
import { isBesideOther } from './stretch.ts';

/**
 * The guard after a person closed, reopened or deleted an incident; undefined when it says so already. A deleted incident keeps
 * its window, so that what it was about stays quiet. Reopening is refused with `conflict` while another incident of the same key
 * is open: alerts that come could not belong to both.
 */
export function guardAfter(guard: Guard, incident: Incident, now: Instant): Guard | undefined {
  const window = windowOf(guard, incident.id);
  if (!window) {
    if (isOpen(incident)) refuseBesideOpen(guard, incident);
    return undefined;
  }
  if (incident.deletedAt !== undefined) {
    if (window.closedBy === 'deleted') return undefined;
    return withWindow(guard, closed(window, window.to ?? now, window.closedAt ?? now, 'deleted'));
  }
  if (isOpen(incident) === isOpenWindow(window)) return undefined;
  if (!isOpen(incident)) return withWindow(guard, closed(window, now, now, 'person'));
  refuseBesideOpen(guard, incident);
  return withWindow(guard, fitted(guard, { ...reopened(window), reopenedAt: now }));
}

function refuseBesideOpen(guard: Guard, incident: Incident): void {
  const own = windowOf(guard, incident.id);
  const other = apart(guard).find(
    (window) =>
      window.incident !== incident.id &&
      isOpenWindow(window) &&
      (own === undefined || isBesideOther(guard, own, window)),
  );
  if (!other) return;
  throw new Refusal(
    'conflict',
    `${nameOf(incident)} stays resolved: incident ${other.incident} is open for the same alerts (${incident.correlation?.key}); work there, or resolve it first.`,
    'state',
  );
}

/**
 * The guard as it is for who is about to close an incident: its window says how far the incident's log could be read, and no
 * further than the last number that this person `seen`, when they say so.
 */
export function withKnowledge(guard: Guard, incident: IncidentId, readable: number, seen = readable): Guard {
  const window = windowOf(guard, incident);
  if (!window || !isOpenWindow(window)) return guard;
  return withWindow(guard, { ...window, knew: Math.min(readable, seen) });
}

/** No writer is at work so long after it reserved its number: what is missing from before that stays missing. */
export const LONGEST_WRITE: Duration = MINUTE;

/**
 * The number up to which nothing of a log can still be written, from its latest facts in any order; 0 of an empty one. What was
 * reserved and is not written yet is a hole, and what comes behind it may have been written before or after.
 */
export function readableUpTo(latest: readonly Numbered[]): number {
  const facts = [...latest].sort((a, b) => a.seq - b.seq);
  const recent = Math.max(...facts.map(({ recordedAt }) => recordedAt)) - LONGEST_WRITE;
  const hole = facts.findIndex(({ seq }, i) => {
    const next = facts[i + 1];
    return !next || (next.seq !== seq + 1 && next.recordedAt >= recent);
  });
  return facts[hole]?.seq ?? 0;
}

interface Numbered {
  readonly seq: number;
  readonly recordedAt: Instant;
}
