import type { Quiet } from '../../alerts/index.ts';
import type { Apart, Incident, IncidentCommand, NextStep } from '../../incidents/index.ts';
import type { IncidentId, Instant } from '../../kernel/index.ts';
import {
  type Guard,
  joined,
  type Link,
  MOST_TAKEN,
  type Window,
  withoutWindow,
  withWindow,
} from '../guard.ts';
import { fitted } from '../late.ts';
import { coveringBoth, takingIn } from '../stretch.ts';
import { type Correlating, type Evidence, evidenceFor, type OpenIncident } from './link.ts';
import { isStillAlike } from './still.ts';

/** An incident as far as it decides what becomes of two. */
type Merged = Pick<Incident, 'id' | 'severity' | 'urgency' | 'service' | 'reached'> & {
  readonly next?: NextStep;
  readonly number?: number;
};

/** One of two incidents that become one, with the window that its alerts come through. */
export interface Side<Whose = Merged> {
  readonly incident: Whose;
  readonly guard: Guard;
  readonly window: Window;
}

/** What becomes of two incidents: their guards, which are written together with what happens to each. */
export interface Merge {
  readonly keep: IncidentId;
  readonly gone: IncidentId;
  readonly guards: readonly Guard[];
  readonly keepDoes: readonly IncidentCommand[];
  readonly goneDoes: readonly IncidentCommand[];
}

/** Two open incidents in the order in which they began; of two that began at once, by id, so that everybody chooses alike. */
export function byAge<One extends Side>(a: One, b: One): readonly [earlier: One, later: One] {
  const isFirst =
    a.window.from < b.window.from || (a.window.from === b.window.from && a.incident.id < b.incident.id);
  return isFirst ? [a, b] : [b, a];
}

/**
 * Makes one incident of two open ones: what came under the key of the one that is gone comes under that of the other from now
 * on. The window keeps its own beginning as far as older ones of its key allow.
 */
export function decideMerge(keep: Side, gone: Side, evidence: Evidence, now: Instant): Merge {
  const { origin, ...link } = evidence;
  const { why: reason, score } = link;
  const page = nextPageOf(gone);
  const isNews = origin !== undefined && origin !== keep.incident.service;
  const both: Window = { ...joined(keep.window, gone.window), incident: keep.incident.id };
  const whole = coveringBoth(keep.guard, both, keep.window, gone.window);
  const window = takingIn({ ...whole, generation: keep.window.generation }, whole.absorbed, [
    gone.incident.id,
  ]);
  return {
    keep: keep.incident.id,
    gone: gone.incident.id,
    guards: guardsAfter(keep, gone, window, { ...link, at: now }),
    keepDoes: [
      { do: 'absorb', from: gone.incident.id, ...numberOf(gone), reason, ...page },
      ...(isNews ? [{ do: 'suspect', service: origin, why: reason, score } as const] : []),
      ...reachedBy(keep, gone).map(
        (service) => ({ do: 'reach', service, why: reason, score, ...page }) as const,
      ),
      raisedBy(gone, keep, now),
    ],
    goneDoes: [{ do: 'merge', into: keep.incident.id, ...numberOf(keep), reason }],
  };
}

const numberOf = ({ incident: { number } }: Side) => number !== undefined && { number };

/** When somebody is paged by itself. */
interface Page {
  readonly pageAt?: Instant;
}

/** When it pages next: what waits for maintenance of its own may wait on; what does not, pages when it would have. */
export const nextPageOf = ({ incident: { next } }: Pick<Side, 'incident'>): Page =>
  next && next.heldBy === undefined ? { pageAt: next.dueAt } : {};

/** When it pages first; nothing where somebody was paged already, it pages nobody, or something keeps it back. */
const firstPageOf = (side: Pick<Side, 'incident'>): Page =>
  side.incident.next?.step === 1 && side.incident.urgency !== 'low' ? nextPageOf(side) : {};

/**
 * What pages in the one that is gone pages in the other, if that is not as severe, or of low urgency: at once, unless its own first page
 * is still to come.
 */
export function raisedBy(
  gone: Pick<Side, 'incident'>,
  keep: Pick<Side, 'incident'>,
  now: Instant,
): IncidentCommand {
  const { severity: to, urgency } = gone.incident;
  const { pageAt = now } = firstPageOf(gone);
  const own = firstPageOf(keep).pageAt ?? pageAt;
  return {
    ...{ do: 'raise-severity', to, pageAt: Math.max(now, Math.min(pageAt, own)) },
    ...(urgency === 'low' && { urgency }),
  };
}

/** The services that come with the one that is gone. */
function reachedBy({ incident: keep }: Side, { incident: gone }: Side): readonly string[] {
  const services = [gone.service, ...(gone.reached ?? [])].filter((one) => one !== undefined);
  return services.filter((one) => one !== keep.service && !keep.reached?.includes(one));
}

function guardsAfter(keep: Side, gone: Side, window: Window, link: Omit<Link, 'to'>): readonly Guard[] {
  const put = (guard: Guard): Guard => withWindow(guard, fitted(guard, window));
  const { hash, took = [] } = keep.guard;
  if (gone.guard.hash === hash) return [put(withoutWindow(keep.guard, gone.incident.id))];
  const all = [...took, ...(gone.guard.took ?? []), gone.guard.hash];
  const taken = { ...put(keep.guard), took: [...new Set(all)].slice(-MOST_TAKEN) };
  return [taken, { ...withoutWindow(gone.guard, gone.incident.id), link: { ...link, to: hash } }];
}

/** An open incident that has to do with another, and how sure that is. */
export interface Relationship {
  readonly other: OpenIncident;
  readonly evidence: Evidence;
}

/** The open incidents that have to do with this one, the surest first. */
export function relationships(
  incident: OpenIncident,
  others: readonly OpenIncident[],
  correlating: Correlating,
): readonly Relationship[] {
  const { title, openedAt: at, service, origin, id } = incident;
  // What it is about is where its trouble comes from, as far as that is known.
  const concerns = [...new Set([service, origin])].flatMap((one) =>
    one === undefined ? [] : [{ title, at, service: one }],
  );
  return others
    .filter((other) => other.id !== id)
    .flatMap((other) => {
      const found = concerns.flatMap((concern) => evidenceFor(concern, other, correlating) ?? []);
      const [evidence] = found.toSorted((a, b) => b.score - a.score);
      return evidence ? [{ other, evidence }] : [];
    })
    .toSorted((a, b) => b.evidence.score - a.evidence.score || (a.other.id < b.other.id ? -1 : 1));
}

/** What may keep incidents still, and when. */
export interface Times {
  readonly quiets: readonly Quiet[];
  readonly now: Instant;
}

/** Why two that have to do with each other stay two; undefined when they become one. */
export function whyApart(
  incident: OpenIncident,
  { other, evidence }: Relationship,
  { settings }: Correlating,
  { quiets, now }: Times,
): Apart | undefined {
  if (evidence.score < settings.joinAt) return 'score';
  if (incident.correlation === undefined || other.correlation === undefined) return 'declared';
  return isStillAlike(incident, other, quiets, now) ? undefined : 'maintenance';
}

/** The surest of those with which it becomes one: that have alerts of their own, and that maintenance keeps as still as this one. */
export function surest(
  incident: OpenIncident,
  others: readonly OpenIncident[],
  correlating: Correlating,
  times: Times,
): Relationship | undefined {
  return relationships(incident, others, correlating).find(
    (one) => whyApart(incident, one, correlating, times) === undefined,
  );
}
