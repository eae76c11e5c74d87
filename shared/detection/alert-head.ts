import type { Link, Origin, Severity, Signal, SignalState } from '../alerts/index.ts';
import {
  bytesIn,
  clipped,
  type Duration,
  type IncidentId,
  type Instant,
  type IntegrationId,
  MINUTE,
  type OrganisationId,
} from '../kernel/index.ts';
import {
  endsBy,
  MAX_EVENTS,
  occurrencesOf,
  type PastChange,
  pastChanges,
  shortened,
  type Times,
} from './occurrence.ts';
import { alsoBy, type Routes } from './routes.ts';
import type { LetGo, Suppressed } from './suppressed.ts';

/** That an alert belongs to one generation of an incident. */
export interface Membership {
  /** The hash of the correlation key through which it came here. */
  readonly correlation: string;
  readonly incident: IncidentId;
  readonly generation: number;
  readonly why: string;
  /** How sure that is, from 0 to 1, where it came from another key; absent in heads of an earlier version, too. */
  readonly score?: number;
  /** The number under which the incident's log tells that it joined; given by the writer. */
  readonly seq?: number;
  /** Until when a page for it is held, where it waited for long in the queue before it came here. */
  readonly pageAt?: Instant;
  /** How long it must go on before it pages, where a rule says so; in milliseconds. */
  readonly minDuration?: Duration;
  /** The key that its rule says, where the incident is of another; its beginning. */
  readonly via?: string;
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
  /** When each firing ends by itself, in their order; absent when all go on until they are resolved. */
  readonly untils?: readonly Instant[];
  /** The last such end that came without anything newer. */
  readonly lapsed?: Instant;
  /** Absent in heads of an earlier version, and while nothing was resolved. */
  readonly over?: Over;
  /** The least time from when a firing says that it was until it was received: its sender's clock is behind by no more. */
  readonly lag?: Duration;
  readonly acknowledgedAt?: Instant;
  /** When an acknowledgement was last taken back. */
  readonly unacknowledgedAt?: Instant;
  /** Absent while nothing of it is held back. */
  readonly suppressed?: Suppressed;
  /** The firing that was let go last because what held it back was changed and does so no longer; told in explanations. */
  readonly letGo?: LetGo;
  /** The rule that keeps its newest firing without an incident, since when, and why. */
  readonly ruledOut?: { readonly rule: string; readonly at: Instant; readonly why: string };
  /** Where its firings go, unless all go where its memberships say. */
  readonly routes?: Routes;
  /** The newest firing that only counts for the threshold of its rule; absent when it came into an incident. */
  readonly waits?: Instant;
  /**
   * The last firing that counts for no threshold any more, and since when: a person split it off, or it waited and was placed since rules
   * had changed; of that, what counted it before.
   */
  readonly moved?: { readonly at: Instant; readonly placedAt: Instant; readonly why?: string };
  /** The newest first: MAX_MEMBERSHIPS, and of the older ones those whose incident it may still hold open, at most MOST_MEMBERSHIPS in all. */
  readonly memberships: readonly Membership[];
  /** The groups in which its firings mute other alerts, sorted. */
  readonly inhibits?: readonly string[];
  /** Of firings that are not in all of those: the places of those in which they are, a digit each. */
  readonly inhibitsAt?: readonly (readonly [places: string, ...times: readonly Instant[]])[];
  /** The groups in which others mute its newest firing, and the digest of what each one's rule says; at most MOST_MUTABLE. */
  readonly mutable?: readonly (readonly [group: string, content: string])[];
  /** The key that a person sent it to by a split: it goes there while the windows of that reach. */
  readonly pin?: string;
}

/** The newest resolve, when it was heard first, and how far the sender's clock could be behind by what was known then. */
export interface Over {
  readonly at: Instant;
  readonly heardAt: Instant;
  readonly lag: Duration;
}

export const MAX_MEMBERSHIPS = 4;

/** An alert holds no more incidents open: as many as it has room for times, of which each may go elsewhere. */
export const MOST_MEMBERSHIPS = MAX_EVENTS;

/** Acknowledged from its own source, firing, over; undefined while it has never fired. */
export function stateOf(head: AlertHead): SignalState | undefined {
  const last = occurrencesOf(head).at(-1);
  if (!last) return undefined;
  if (last.to !== undefined) return 'resolved';
  const { acknowledgedAt = 0, unacknowledgedAt = 0 } = head;
  return acknowledgedAt >= last.from && acknowledgedAt > unacknowledgedAt ? 'acknowledged' : 'firing';
}

/** Whether the alert is on: firing or acknowledged. */
export function isActive(head: AlertHead): boolean {
  const last = occurrencesOf(head).at(-1);
  return last !== undefined && last.to === undefined;
}

/** The head after one more signal, in any order and any number of repetitions. The version is not touched. */
export function withSignal(before: AlertHead, signal: Signal): AlertHead {
  const head = signal.unacknowledged ? withoutAcknowledgement(before, signal.at) : before;
  switch (signal.state) {
    case 'firing': {
      const newest = head.firings.every((at) => signal.at >= at);
      return withTimes({ ...head, ...(newest && descriptionOf(signal)) }, signal);
    }
    case 'resolved':
      return withTimes(head, signal);
    default:
      if (signal.unacknowledged) return head;
      return { ...head, acknowledgedAt: Math.max(head.acknowledgedAt ?? 0, signal.at) };
  }
}

const withoutAcknowledgement = (head: AlertHead, at: Instant): AlertHead => ({
  ...head,
  unacknowledgedAt: Math.max(head.unacknowledgedAt ?? 0, at),
});

function withTimes(head: AlertHead, signal: Signal): AlertHead {
  const times = grown(head, signal);
  if (times === head) return head;
  // Ends that are told no more are absent, so those of before must not shine through.
  const { untils: _, ...rest } = head;
  const after = { ...rest, ...times };
  if (after.firings.length + after.resolves.length <= MAX_EVENTS) return after;
  const short = { ...after, ...shortened(after) };
  // It gave up just what was new.
  return isSame(head, short) ? head : short;
}

const isSame = (before: AlertHead, after: AlertHead): boolean =>
  areEqual(before.firings, after.firings) &&
  areEqual(before.resolves, after.resolves) &&
  areEqual(before.untils ?? [], after.untils ?? []);

const areEqual = (some: readonly Instant[], others: readonly Instant[]): boolean =>
  some.length === others.length && some.every((one, i) => one === others[i]);

/** What one more signal changes of the occurrences before the current one. What the head gives up for want of room stays past. */
export function pastAfter(head: AlertHead, signal: Signal): readonly PastChange[] {
  if (signal.state === 'acknowledged') return [];
  const after = grown(head, signal);
  return after === head ? [] : pastChanges(head, after);
}

/** The times with one more firing or resolve; the same object when that says nothing new. */
function grown(times: Times, { state, at, until }: Signal): Times {
  if (state === 'resolved') {
    const { resolves } = times;
    return resolves.includes(at) ? times : { ...timesOf(times), resolves: sorted([...resolves, at]) };
  }
  const end = until === undefined ? NO_END : gridded(until);
  const ends = new Map(times.firings.map((firing, i) => [firing, times.untils?.[i] ?? NO_END]));
  const known = ends.get(at);
  if (known === NO_END || (known !== undefined && end !== NO_END && end <= known)) return times;
  ends.set(at, end);
  const firings = sorted([...ends.keys()]);
  const untils = firings.map((firing) => ends.get(firing) ?? NO_END);
  const { resolves, lapsed } = times;
  return {
    ...{ firings, resolves },
    ...(lapsed !== undefined && { lapsed }),
    ...(untils.some((one) => one !== NO_END) && { untils }),
  };
}

const sorted = (times: readonly Instant[]): readonly Instant[] => times.toSorted((a, b) => a - b);

/** Of a firing that goes on until it is resolved. */
const NO_END = 0;

/**
 * Ends count as from the next step of so long a grid. Who repeats an alert each minute moves its end each time; so its head is
 * written each second time only, and what comes out depends neither on which repetition was written nor on their order.
 */
const GRID: Duration = 2 * MINUTE;

const gridded = (until: Instant): Instant => Math.ceil(until / GRID) * GRID;

const timesOf = ({ firings, resolves, untils, lapsed }: Times): Times => ({
  firings,
  resolves,
  ...(untils && { untils }),
  ...(lapsed !== undefined && { lapsed }),
});

/** The head with an end of a firing that had none; the same object where it has one, or is not known. */
export function withEnd(head: AlertHead, firing: Instant, until: Instant): AlertHead {
  const place = head.firings.indexOf(firing);
  if (place < 0 || (head.untils?.[place] ?? NO_END) !== NO_END) return head;
  const untils = head.firings.map((_, i) => (i === place ? gridded(until) : (head.untils?.[i] ?? NO_END)));
  return { ...head, untils };
}

/** The head at a time when what ends by itself by then has ended; the same object when nothing does. */
export function lapsedBy(head: AlertHead, now: Instant): AlertHead {
  const end = endsBy(head);
  return end !== undefined && end <= now ? { ...head, lapsed: end } : head;
}

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

/** The head with this membership first; an older one of the same incident gives way, and all that are too many but those that are `held`. */
export function withMembership(
  head: AlertHead,
  membership: Membership,
  held: (older: readonly Membership[]) => readonly Membership[] = () => [],
): AlertHead {
  const { incident, correlation } = membership;
  const others = head.memberships.filter((old) => old.incident !== incident);
  const before = head.memberships.find((old) => old.incident === incident && old.correlation === correlation);
  const joined = { ...membership, why: clipped(membership.why, ROOM.why) };
  const all = [before ? alsoBy(joined, before) : joined, ...others];
  const isMore = all.length > MAX_MEMBERSHIPS;
  const kept = isMore ? [...all.slice(0, MAX_MEMBERSHIPS), ...held(all)] : all;
  return { ...head, memberships: [...new Set(kept)].slice(0, MOST_MEMBERSHIPS) };
}
