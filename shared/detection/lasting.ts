import { awaitsFirstPage, type Incident, type IncidentCommand } from '../incidents/index.ts';
import { type Instant, MINUTE } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import { type Guard, type Window, windowOf } from './guard.ts';
import { isDecisive, isHere, membershipIn } from './settle.ts';
import { placedOccurrences } from './suppressed.ts';

/** Whether the step that is due is a first page that was held since it was planned. */
export const isHeldPage = (incident: Incident): boolean =>
  awaitsFirstPage(incident) && incident.next !== undefined && incident.next.dueAt > incident.updatedAt;

/** Since when an alert that goes on has lasted as long as its rule asks; later than now when it has not yet. Undefined when it is over. */
export function lastsFrom(guard: Guard, window: Window, head: AlertHead): Instant | undefined {
  if (!isHere(guard, window, head) || !isDecisive(guard, window, head)) return undefined;
  const since = placedOccurrences(head, guard).at(-1)?.from;
  return since === undefined ? undefined : since + minDurationOf(guard, window, head);
}

/** Whether an alert has lasted so long by now: no other need be looked at then. */
export const hasLasted =
  (guard: Guard, window: Window, now: Instant) =>
  (head: AlertHead): boolean =>
    (lastsFrom(guard, window, head) ?? Number.POSITIVE_INFINITY) <= now;

const minDurationOf = (guard: Guard, window: Window, head: AlertHead): number =>
  membershipIn(guard, window, head)?.minDuration ?? 0;

/**
 * Puts a first page off that was held, while none of its alerts has gone on for so long as its rule asks: to when one that goes on
 * has, or to when the next that begins could have. Undefined when the page is right.
 */
export function putOffUntilLasting(
  incident: Incident,
  guard: Guard,
  members: readonly AlertHead[],
  now: Instant,
): Extract<IncidentCommand, { do: 'put-off' }> | undefined {
  const window = windowOf(guard, incident.id);
  if (!isHeldPage(incident) || incident.state !== 'triggered' || !incident.next || !window) return undefined;
  const going = members.flatMap((head) => lastsFrom(guard, window, head) ?? []);
  const shortest = Math.min(...members.map((head) => minDurationOf(guard, window, head)));
  const dueAt = going.length > 0 ? Math.min(...going) : now + Math.max(MINUTE, shortest);
  if (members.length === 0 || dueAt <= now) return undefined;
  const { generation, next } = incident;
  return { do: 'put-off', generation, next: { step: next.step, dueAt }, by: NOT_LASTING };
}

const NOT_LASTING = 'That no alert of it has gone on for as long as its rule asks';
