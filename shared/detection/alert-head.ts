import type { Link, Severity, Signal, SignalState, Source } from '../alerts/index.ts';
import type { IncidentId, Instant, IntegrationId, OrganisationId } from '../kernel/index.ts';

/** That an alert belongs to one generation of an incident. */
export interface Membership {
  /** The hash of the correlation key through which it came here. */
  readonly correlation: string;
  readonly incident: IncidentId;
  readonly generation: number;
  readonly why: string;
}

/** What an alert is now. Its times only ever grow, so it does not matter in which order signals come. */
export interface AlertHead {
  readonly org: OrganisationId;
  readonly fingerprint: string;
  readonly version: number;
  readonly integration: IntegrationId;
  readonly source: Source;
  readonly title?: string;
  readonly service?: string;
  readonly severity?: Severity;
  readonly labels: Readonly<Record<string, string>>;
  readonly links: readonly Link[];
  /** Event times of the latest firing, resolve and acknowledgement, and of the first firing after the last resolve. */
  readonly firedAt?: Instant;
  readonly startedAt?: Instant;
  readonly resolvedAt?: Instant;
  readonly acknowledgedAt?: Instant;
  /** The newest first, at most MAX_MEMBERSHIPS. */
  readonly memberships: readonly Membership[];
}

export const MAX_MEMBERSHIPS = 4;

/** Firing until a resolve of the same or a later time is known; undefined while it has never fired. */
export function stateOf(head: AlertHead): SignalState | undefined {
  if (head.firedAt === undefined) return undefined;
  if (head.resolvedAt !== undefined && head.resolvedAt >= head.firedAt) return 'resolved';
  const acknowledged =
    head.acknowledgedAt !== undefined && head.acknowledgedAt >= (head.startedAt ?? head.firedAt);
  return acknowledged ? 'acknowledged' : 'firing';
}

/** Whether the alert is on: firing or acknowledged. */
export function isActive(head: AlertHead): boolean {
  const state = stateOf(head);
  return state === 'firing' || state === 'acknowledged';
}

/** Whether it was over, as far as is known, at or after this firing: a later resolve is known. */
export function isOver(head: AlertHead, firedAt: Instant): boolean {
  return head.resolvedAt !== undefined && head.resolvedAt >= firedAt && !isActive(head);
}

/** The head after one more signal, in any order and any number of repetitions. The version is not touched. */
export function withSignal(head: AlertHead, signal: Signal): AlertHead {
  switch (signal.state) {
    case 'firing':
      return fired(head, signal);
    case 'resolved':
      return resolved(head, signal.at);
    default:
      return { ...head, acknowledgedAt: latest(head.acknowledgedAt, signal.at) };
  }
}

function fired(head: AlertHead, signal: Signal): AlertHead {
  const newest = head.firedAt === undefined || signal.at >= head.firedAt;
  const current = head.resolvedAt === undefined || signal.at > head.resolvedAt;
  const startedAt = current ? Math.min(head.startedAt ?? signal.at, signal.at) : head.startedAt;
  return {
    ...head,
    ...(newest && descriptionOf(signal)),
    firedAt: latest(head.firedAt, signal.at),
    ...(startedAt !== undefined && { startedAt }),
  };
}

function resolved(head: AlertHead, at: Instant): AlertHead {
  const resolvedAt = latest(head.resolvedAt, at);
  const { startedAt, ...rest } = head;
  if (startedAt === undefined || head.firedAt === undefined) return { ...rest, resolvedAt };
  if (startedAt > resolvedAt) return { ...rest, resolvedAt, startedAt };
  return head.firedAt > resolvedAt
    ? { ...rest, resolvedAt, startedAt: head.firedAt }
    : { ...rest, resolvedAt };
}

/** The most that one head keeps of labels and links, so that it stays under 4 KB. */
const ROOM = { labels: 1_200, links: 3 };

function descriptionOf(signal: Signal) {
  let room = ROOM.labels;
  const labels = Object.entries(signal.labels).filter(([name, value]) => {
    room -= name.length + value.length;
    return room >= 0;
  });
  return {
    ...(signal.title !== undefined && { title: signal.title.slice(0, 300) }),
    ...(signal.service !== undefined && { service: signal.service }),
    ...(signal.severity !== undefined && { severity: signal.severity }),
    labels: Object.fromEntries(labels),
    links: signal.links.slice(0, ROOM.links),
  };
}

/** The head with this membership first; an older one of the same incident gives way. */
export function withMembership(head: AlertHead, membership: Membership): AlertHead {
  const others = head.memberships.filter((old) => old.incident !== membership.incident);
  return { ...head, memberships: [membership, ...others].slice(0, MAX_MEMBERSHIPS) };
}

function latest(a: Instant | undefined, b: Instant): Instant {
  return a === undefined ? b : Math.max(a, b);
}
