import { type Incident, isOpen } from '../incidents/index.ts';
import { type Duration, type Instant, MINUTE } from '../kernel/index.ts';
import { closed, type Guard, isOpenWindow, reopened, windowOf, withWindow } from './guard.ts';

/**
 * The guard after a person closed, reopened or deleted an incident; undefined when it says so already. A deleted incident keeps
 * its window, so that what it was about stays quiet.
 */
export function guardAfter(guard: Guard, incident: Incident, now: Instant): Guard | undefined {
  const window = windowOf(guard, incident.id);
  if (!window) return undefined;
  if (incident.deletedAt !== undefined) {
    if (window.closedBy === 'deleted') return undefined;
    return withWindow(guard, closed(window, window.to ?? now, window.closedAt ?? now, 'deleted'));
  }
  if (isOpen(incident) === isOpenWindow(window)) return undefined;
  return withWindow(guard, isOpen(incident) ? reopened(window) : closed(window, now, now, 'person'));
}

/** The guard as it is for who is about to close: its open window says how far the incident's log could be read. */
export function withKnowledge(guard: Guard, knew: number): Guard {
  return {
    ...guard,
    windows: guard.windows.map((window) => (isOpenWindow(window) ? { ...window, knew } : window)),
  };
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
