import type { AlertOutcome } from '../../alerts/index.ts';
import type { Instant } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import { type Guard, type Window, windowAt, windowOf } from '../guard.ts';
import type { Match } from '../match.ts';
import { occurrenceAt, occurrencesOf } from '../occurrence.ts';
import { isCounting } from '../rule.ts';
import { knows, releasedAt, type Suppressed } from '../suppressed.ts';
import { waitsSince } from '../waits.ts';
import { entryIn } from './log-entry.ts';
import type { AlertRecord, Joined } from './record.ts';

/** Where the last firing of an alert stands, by the record; where that says nothing, by what its rule does. */
export interface Standing {
  readonly outcome: AlertOutcome;
  /** The incident that the alert is in; also of one whose last firing came into none, when an earlier one had. */
  readonly joined?: Joined;
  readonly window?: Window;
}

/** Whether what came into an incident before was of another occurrence: what goes on and is told again is no new firing to people. */
export function isOfEarlier({ head }: AlertRecord, joined: Joined, at: Instant): boolean {
  const entry = head && entryIn(joined, head.fingerprint);
  const came = entry?.data.entries.find(({ fingerprint }) => fingerprint === head?.fingerprint);
  const own = head && occurrenceAt(occurrencesOf(head), at);
  return came === undefined || own === undefined || came.at < own.from;
}

/** What became of a firing at this time. */
export function standingOf(record: AlertRecord, match: Match, at: Instant): Standing {
  const { head, joined } = record;
  // What the head has not heard of was not decided yet: what came of earlier firings says nothing of this one.
  if (!head || !knows(head, at)) return { outcome: match.does === 'drop' ? 'dropped' : 'undecided' };
  const covering = joined.flatMap((one) => {
    const guard = record.guards.get(one.membership.correlation);
    const window = guard && windowIn(guard, one, at);
    return window ? [{ joined: one, window }] : [];
  })[0];
  const held = heldBy(head, at);
  if (held) return { outcome: held, ...covering };
  if (head.ruledOut?.at === at) return { outcome: 'suppressed', ...covering };
  if (waitsSince(head) === at) return { outcome: match.does === 'drop' ? 'dropped' : 'waiting', ...covering };
  if (covering) return { outcome: 'incident', ...covering };
  if (match.does !== 'open') return { outcome: match.does === 'drop' ? 'dropped' : 'suppressed' };
  if (isCounting(match.rule)) return { outcome: 'waiting' };
  const [first] = joined;
  return first ? { outcome: 'incident', joined: first } : { outcome: 'undecided' };
}

/** The window of this incident, or of the one that took it over, if a firing at this time belongs there. */
function windowIn(guard: Guard, { membership }: Joined, at: Instant): Window | undefined {
  const own = windowOf(guard, membership.incident);
  if (!own) return windowAt(guard, at, membership.incident);
  const { grouping } = guard;
  const isIn = at >= own.from - grouping && at <= (own.to ?? at) + grouping;
  return isIn || own.to === undefined ? own : windowAt(guard, at, membership.incident);
}

/** What holds a firing back still, by the record. */
function heldBy(head: AlertHead, at: Instant): Suppressed['kind'] | undefined {
  const { suppressed } = head;
  if (!suppressed?.firings.some(([held]) => held === at)) return undefined;
  return releasedAt(head, at) === undefined ? suppressed.kind : undefined;
}
