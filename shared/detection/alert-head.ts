import type { Link, Origin, Severity, Signal, SignalState } from '../alerts/index.ts';
import {
  bytesIn,
  clipped,
  type IncidentId,
  type Instant,
  type IntegrationId,
  type OrganisationId,
} from '../kernel/index.ts';
import { MAX_EVENTS, occurrencesOf, type PastChange, pastChanges, shortened } from './occurrence.ts';

/** That an alert belongs to one generation of an incident. */
export interface Membership {
  /** The hash of the correlation key through which it came here. */
  readonly correlation: string;
  readonly incident: IncidentId;
  readonly generation: number;
  readonly why: string;
  /** The number under which the incident's log tells that it joined; given by the writer. */
  readonly seq?: number;
  /** Until when a page for it is held, where it waited for long in the queue before it came here. */
  readonly pageAt?: Instant;
}

/** What an alert is now. Its times only ever grow, so it does not matter in which order signals come. */
export interface AlertHead {
  readonly org: OrganisationId;
  readonly fingerprint: string;
  readonly version: number;
  readonly integration: IntegrationId;
  readonly source: Origin;
  readonly title?: string;
  readonly service?: string;
  readonly severity?: Severity;
  readonly labels: Readonly<Record<string, string>>;
  readonly links: readonly Link[];
  /** Event times of its firings, resolves and the last acknowledgement; sorted, the most recent MAX_EVENTS of them. */
  readonly firings: readonly Instant[];
  readonly resolves: readonly Instant[];
  readonly acknowledgedAt?: Instant;
  /** The newest first, at most MAX_MEMBERSHIPS. */
  readonly memberships: readonly Membership[];
}

export const MAX_MEMBERSHIPS = 4;

/** Acknowledged from its own source, firing, over; undefined while it has never fired. */
export function stateOf(head: AlertHead): SignalState | undefined {
  const last = occurrencesOf(head).at(-1);
  if (!last) return undefined;
  if (last.to !== undefined) return 'resolved';
  return head.acknowledgedAt !== undefined && head.acknowledgedAt >= last.from ? 'acknowledged' : 'firing';
}

/** Whether the alert is on: firing or acknowledged. */
export function isActive(head: AlertHead): boolean {
  const last = occurrencesOf(head).at(-1);
  return last !== undefined && last.to === undefined;
}

/** The head after one more signal, in any order and any number of repetitions. The version is not touched. */
export function withSignal(head: AlertHead, signal: Signal): AlertHead {
  switch (signal.state) {
    case 'firing': {
      const newest = head.firings.every((at) => signal.at >= at);
      return withTimes({ ...head, ...(newest && descriptionOf(signal)) }, 'firings', signal.at);
    }
    case 'resolved':
      return withTimes(head, 'resolves', signal.at);
    default:
      return { ...head, acknowledgedAt: Math.max(head.acknowledgedAt ?? 0, signal.at) };
  }
}

function withTimes(head: AlertHead, list: 'firings' | 'resolves', at: Instant): AlertHead {
  if (head[list].includes(at)) return head;
  const grown = { ...head, [list]: [...head[list], at].sort((a, b) => a - b) };
  return grown.firings.length + grown.resolves.length > MAX_EVENTS
    ? { ...grown, ...shortened(grown) }
    : grown;
}

/** What one more signal changes of the occurrences before the current one. What the head gives up for want of room stays past. */
export function pastAfter(head: AlertHead, { state, at }: Signal): readonly PastChange[] {
  if (state === 'acknowledged') return [];
  const list = state === 'firing' ? 'firings' : 'resolves';
  if (head[list].includes(at)) return [];
  return pastChanges(head, { ...timesOf(head), [list]: [...head[list], at] });
}

const timesOf = ({ firings, resolves }: AlertHead) => ({ firings, resolves });

/** The most that one head keeps of labels and links, so that it stays under 4 KB. */
const ROOM = { labels: 900, title: 200, links: 2, link: 250, why: 120 };

/** Quotes, colon and comma of one entry. */
const JSON_AROUND = 6;

function descriptionOf(signal: Signal) {
  let room = ROOM.labels;
  const labels = Object.entries(signal.labels).filter(([name, value]) => {
    room -= bytesIn(name) + bytesIn(value) + JSON_AROUND;
    return room >= 0;
  });
  return {
    ...(signal.title !== undefined && { title: clipped(signal.title, ROOM.title) }),
    ...(signal.service !== undefined && { service: signal.service }),
    ...(signal.severity !== undefined && { severity: signal.severity }),
    labels: Object.fromEntries(labels),
    links: signal.links
      .filter(({ href, text }) => bytesIn(href) + bytesIn(text) <= ROOM.link)
      .slice(0, ROOM.links),
  };
}

/** The head with this membership first; an older one of the same incident gives way. */
export function withMembership(head: AlertHead, membership: Membership): AlertHead {
  const others = head.memberships.filter((old) => old.incident !== membership.incident);
  const clippedWhy = { ...membership, why: clipped(membership.why, ROOM.why) };
  return { ...head, memberships: [clippedWhy, ...others].slice(0, MAX_MEMBERSHIPS) };
}
