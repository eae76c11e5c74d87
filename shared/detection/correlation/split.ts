import { isWorse, type Severity } from '../../alerts/index.ts';
import {
  type Correlation,
  firstStep,
  type Incident,
  type IncidentCommand,
  isOpen,
  MOST_REACHED,
  nameOf,
  type Opened,
  type ReasonedEntry,
} from '../../incidents/index.ts';
import { cut, digest, type IncidentId, type Instant, idOf, Refusal } from '../../kernel/index.ts';
import { type AlertHead, type Membership, withMembership } from '../alert-head.ts';
import { emptyGuard, type Guard, type Window, windowOf, withWindow } from '../guard.ts';
import { entryOf } from '../placing.ts';
import { placedOccurrences } from '../suppressed.ts';

/** The most alerts that are split off at once: the fact names them all. */
export const MOST_SPLIT = 20;

/** What a person wants of a split. */
export interface SplitWish {
  readonly reason: string;
  readonly by: string;
  /** Absent: the title of the first alert. */
  readonly title?: string;
  /** How severe each alert is by its rule, as the log tells. */
  readonly severities: ReadonlyMap<string, Severity>;
  /** The services with which the one that they leave has to do no more. */
  readonly gone?: readonly string[];
  /** The guard of the one that they leave; absent where it has none. */
  readonly guard?: Guard;
}

/** A new incident with alerts that were in another one. */
export interface Split {
  readonly incident: IncidentId;
  readonly opening: { readonly at: Instant; readonly data: Omit<Opened['data'], 'number'> };
  /** What happens to the new one after it opened, and to the one that they leave. */
  readonly commands: readonly IncidentCommand[];
  readonly sourceDoes: Extract<IncidentCommand, { do: 'split' }>;
  readonly guard: Guard;
  /** The guard of the one that they leave, where it notes something. */
  readonly sourceGuard?: Guard;
  readonly heads: readonly AlertHead[];
  readonly entries: readonly ReasonedEntry[];
}

/**
 * Takes alerts out of an incident into a new one of their own. Later firings of them come into the new one while that is open,
 * and some time after. Refused with `conflict` when the incident is over: then nothing comes into it.
 */
export function decideSplit(
  source: Incident,
  heads: readonly AlertHead[],
  wish: SplitWish,
  now: Instant,
): Split {
  const { reason, by, title, severities } = wish;
  if (!isOpen(source))
    throw new Refusal('conflict', `${nameOf(source)} is resolved; only what is open can be split.`, 'state');
  const told = heads.map((head) => ({ head, last: placedOccurrences(head).at(-1) }));
  const from = Math.min(...told.map(({ last }) => last?.from ?? now));
  const fingerprints = heads.map(({ fingerprint }) => fingerprint);
  const incident = idOf('incident', from, source.org, 'split', source.id, String(now), ...fingerprints);
  const hash = digest('split', incident);
  if (heads.length === 0)
    throw new Refusal('conflict', 'Nothing is known of these alerts any more.', 'body.alerts');
  const severityOf = ({ fingerprint }: AlertHead): Severity => severities.get(fingerprint) ?? source.severity;
  const severity = heads.map(severityOf).reduce((worst, one) => (isWorse(one, worst) ? one : worst));
  const why = cut(`Split from ${nameOf(source)} by ${by}: ${reason}`, 200);
  const membership = { correlation: hash, incident, generation: 1, why };
  const moved = heads.map((head) => movedTo(without(head, source, wish.guard), membership, now));
  const ends = told.map(({ last }) => last?.to);
  const isOver = ends.every((end) => end !== undefined);
  const [first] = heads;
  return {
    incident,
    opening: { at: from, data: openedData(source, first, { hash, severity, isOver, title, now }) },
    commands: afterOpening(source, isOver ? Math.max(...ends.map((end) => end ?? 0)) : undefined),
    sourceDoes: leaves(incident, fingerprints, wish),
    ...noted(source, wish),
    guard: guardOf(
      hash,
      { incident, generation: 1, from, severity, ...(source.urgency === 'low' && { isLow: true }) },
      isOver ? { ends, now } : undefined,
    ),
    heads: moved,
    entries: moved.map((head, i) => entryOf(head, told[i]?.last?.last ?? now, severityOf(head), { why })),
  };
}

/** What happens to the one that they leave. */
function leaves(
  into: IncidentId,
  alerts: readonly string[],
  { reason, gone = [] }: SplitWish,
): Split['sourceDoes'] {
  return { do: 'split', into, alerts, reason, ...(gone.length > 0 && { gone }) };
}

/** An alert that is not in an incident any more, nor in one that was merged into it. */
function without(head: AlertHead, { id }: Incident, guard: Guard | undefined): AlertHead {
  const window = guard && windowOf(guard, id);
  const isMerged = ({ incident, correlation }: Membership): boolean =>
    window?.absorbed?.includes(incident) ||
    (window !== undefined && correlation === guard?.hash && !windowOf(guard, incident));
  return { ...head, memberships: head.memberships.filter((one) => one.incident !== id && !isMerged(one)) };
}

/** An alert that is in the new incident. */
function movedTo(head: AlertHead, membership: Membership, now: Instant): AlertHead {
  const placed = withMembership(head, membership, (all) => all);
  const last = head.firings.length > 0 ? Math.max(...head.firings) : undefined;
  // What had it placed since rules had changed is not forgotten.
  const moved = last !== undefined && head.moved?.at !== last && { moved: { at: last, placedAt: now } };
  return { ...placed, pin: membership.correlation, ...moved };
}

/** Later alerts of those services are told from those of others, as long as the incident's window is there. */
function noted(source: Incident, { gone = [], guard }: SplitWish): Pick<Split, 'sourceGuard'> {
  const window = guard && windowOf(guard, source.id);
  if (!window || gone.length === 0) return {};
  const left = [...new Set([...(window.left ?? []), ...gone])].slice(-MOST_REACHED);
  return { sourceGuard: withWindow(guard, { ...window, left }) };
}

interface Opening {
  readonly hash: string;
  readonly severity: Incident['severity'];
  readonly isOver: boolean;
  readonly title: string | undefined;
  readonly now: Instant;
}

function openedData(
  source: Incident,
  first: AlertHead | undefined,
  opening: Opening,
): Split['opening']['data'] {
  const { hash, severity, isOver, title, now } = opening;
  const service = first?.service ?? source.service;
  const isQuiet = isOver || source.state === 'acknowledged' || source.urgency === 'low';
  const next = isQuiet ? undefined : firstStep(severity, now);
  return {
    title: title ?? first?.title ?? source.title,
    severity,
    correlation: { hash, ...ruleOf(source), key: `split from ${nameOf(source)}` },
    splitFrom: { incident: source.id, ...acknowledgedOf(source) },
    ...(service !== undefined && { service }),
    ...(source.urgency && { urgency: source.urgency }),
    ...(source.policy !== undefined && { policy: source.policy }),
    ...(source.escalateAfter !== undefined && { escalateAfter: source.escalateAfter }),
    ...(next && { next }),
  };
}

/** Who is at work on what the alerts leave, and since when. */
const acknowledgedOf = (source: Incident) =>
  source.state === 'acknowledged'
    ? { acknowledged: { by: source.acknowledgedBy, at: source.acknowledgedAt } }
    : {};

/** The rule by which it opened is that of both. */
function ruleOf({ correlation }: Incident): Pick<Correlation, 'rule' | 'name'> {
  const { rule = 'split', name } = correlation ?? {};
  return { rule, ...(name !== undefined && { name }) };
}

/** Who is at work on the one is at work on both. */
function afterOpening(source: Incident, endedAt: Instant | undefined): readonly IncidentCommand[] {
  if (endedAt !== undefined) return [{ do: 'resolve', reason: 'alerts-resolved', at: endedAt }];
  return source.state === 'acknowledged' ? [{ do: 'acknowledge', by: source.acknowledgedBy }] : [];
}

interface Ended {
  readonly ends: readonly (Instant | undefined)[];
  readonly now: Instant;
}

/** So long after its end the new incident opens again when one of its alerts fires. */
const GROUPING = 1_200_000;

function guardOf(hash: string, window: Window, ended: Ended | undefined): Guard {
  const to = Math.max(window.from, ...(ended?.ends ?? []).map((end) => end ?? 0));
  const whole: Window = ended ? { ...window, to, closedAt: ended.now, closedBy: 'settled' } : window;
  return { ...emptyGuard(hash), grouping: GROUPING, windows: [whole] };
}
