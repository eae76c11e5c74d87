import {
  type HeldAlert,
  type Holder,
  isAbout,
  isInhibition,
  longestAt,
  QUIET_TAIL,
  type Subject,
  severities,
} from '../alerts/index.ts';
import { DAY, type Instant, jsonDigest } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import type { Draft } from './draft.ts';
import { mutedBy } from './inhibition/sources.ts';
import type { Match, Received } from './match.ts';
import { endsBy, occurrenceAt, occurrencesOf } from './occurrence.ts';
import { type Holding, whyHeld, withHeld, withoutHeld } from './suppressed.ts';

/** What matchers see of a firing, as its rules left it. */
export function subjectOf(
  { signal, from }: Received,
  match: Pick<Match, 'severity' | 'title' | 'service'>,
): Subject {
  const { labels } = signal;
  const { severity, title = signal.title, service = signal.service } = match;
  const { source, integration } = from;
  return {
    labels,
    fields: {
      ...{ source, integration, severity },
      ...(title !== undefined && { title }),
      ...(service !== undefined && { service }),
    },
  };
}

/**
 * What holds a firing back by its own time; undefined when nothing does. It depends on nothing but the firing, what keeps quiet,
 * and the alert's own ends: one that lasts until the alert is resolved holds nothing back after that.
 */
export function holdingOf(
  quiets: readonly Holder[],
  head: AlertHead,
  match: Match,
  firing: Received,
): Holding | undefined {
  if (quiets.length === 0) return undefined;
  const { at } = firing.signal;
  const subject = subjectOf(firing, match);
  const about = quiets.filter((quiet) => isAbout(quiet, subject) && !isOverFor(quiet, head, at));
  const first = longestAt(about, at);
  if (!first) return undefined;
  const chain: [Holder, ...Holder[]] = [first];
  let until = first.to;
  for (let next = longestAt(about, until); next; next = longestAt(about, until)) {
    chain.push(next);
    until = next.to;
  }
  return { chain, until, why: whyHeld(first) };
}

/**
 * Whether an alert was said to be resolved, or ended by itself, since the beginning of what lasts until then. Also where it was over already:
 * a resolve from before that comes late must not hold back anew what is in its incident.
 */
export function isOverFor(quiet: Holder, head: AlertHead, at: Instant): boolean {
  if (quiet.kind !== 'silence' || !quiet.untilResolved) return false;
  const ends = [...head.resolves, ...occurrencesOf(head).flatMap(({ to }) => to ?? [])];
  return ends.some((end) => quiet.from <= end && end < at);
}

/**
 * When a firing counts for incidents: at its own time, or, if it is held back, when the quiet ends over an alert that goes on.
 * Undefined while that is not known, or when the alert was over before.
 */
export function countsAt(draft: Draft, match: Match, firing: Received): Instant | undefined {
  const { fingerprint, at } = firing.signal;
  const head = draft.head(fingerprint);
  if (!head) return undefined;
  const holding = holdingOf(holdersOf(draft, head, firing), head, match, firing);
  if (!holding) {
    const free = withoutHeld(head, at, draft.now);
    if (free !== head) draft.put(free);
    return at;
  }
  const { until } = holding;
  if (until > draft.now || !goesOnAt(head, at, until)) {
    hold(draft, head, firing, holding);
    return undefined;
  }
  const { severity } = firing.signal;
  const released = withHeld(head, { at, severity, holding, releasedAt: until });
  if (released !== head) draft.put(released);
  return until;
}

/** What may hold it back: what people said, and what fires and mutes it. */
function holdersOf(draft: Draft, head: AlertHead, firing: Received): readonly Holder[] {
  const { quiets = [], inhibitions } = draft.loaded;
  if (!inhibitions) return quiets;
  const groups = inhibitions.targetsOf(firing);
  const guards = groups.map(({ hash }) => draft.key(hash).guard);
  return [...quiets, ...groups.flatMap((group, i) => mutedBy(group, guards[i]?.sources ?? [], head))];
}

/** Whether what a firing belongs to is still on at a later time, as far as is known. */
function goesOnAt(head: AlertHead, firedAt: Instant, at: Instant): boolean {
  const occurrence = occurrenceAt(occurrencesOf(head), firedAt);
  if (!occurrence) return false;
  return (occurrence.to ?? endsBy(head) ?? Number.POSITIVE_INFINITY) > at;
}

/** So long it is kept at most what was held back, where nobody knows when that ends. */
const LONGEST_HELD = 7 * DAY;

/** Notes on the head that it is held back, and keeps the newest of what was said beside it. */
function hold(draft: Draft, head: AlertHead, { signal, from }: Received, holding: Holding): void {
  const { at, title, description, severity, service, labels } = signal;
  const isNewest = head.firings.every((one) => one <= at);
  const said = [title, description, severity, service, labels];
  const content = isNewest ? jsonDigest(said).slice(0, 12) : head.suppressed?.content;
  const held = withHeld(head, { at, severity, holding, content });
  if (held !== head) draft.put(held);
  const before = head.suppressed;
  // What was kept before of what is over since may be gone.
  const isKept =
    before?.content === content &&
    before?.by === holding.chain[0].id &&
    before.firings.some(([other]) => isOfOne(head, other, at));
  const [first, ...others] = holding.chain;
  const { integration, source, receipt, receivedAt } = from;
  // A group that mutes no longer would be asked after with each look for as long as a silence goes on.
  const holders = others.filter(({ id, to }) => !isInhibition(id) || to > draft.now);
  for (const { id, to } of isKept ? holders : [first, ...holders])
    draft.keep({
      ...{ quiet: id, quietTo: Math.min(to, receivedAt + LONGEST_HELD), signal, why: holding.why },
      from: { integration, source, receipt, receivedAt },
    });
}

/** Whether two firings are of one occurrence. */
function isOfOne(head: AlertHead, one: Instant, other: Instant): boolean {
  const occurrence = occurrenceAt(occurrencesOf(head), other);
  return occurrence !== undefined && occurrence.from <= one && one <= occurrence.last;
}

/** What was held back before and is looked at again; not what the batch says itself. */
export function heldBefore(
  { loaded, now }: Draft,
  head: AlertHead,
  firings: readonly Received[],
): readonly Received[] {
  return heldFirings(head, loaded.held?.get(head.fingerprint)).filter(
    ({ signal: { at } }) => isRecent(head, at, now) && firings.every((one) => one.signal.at !== at),
  );
}

/** The firings of an alert that are held back, each as severe as it was said to be and else as it was said last: so they may go elsewhere. */
export function heldFirings(
  head: AlertHead | undefined,
  held: Pick<HeldAlert, 'signal' | 'from'> | undefined,
): readonly Received[] {
  if (!held || !head?.suppressed) return [];
  const { severity: _, ...signal } = held.signal;
  return head.suppressed.firings.map(([at, place]) => {
    const severity = severities[place];
    return { signal: { ...signal, at, ...(severity && { severity }) }, from: held.from };
  });
}

/** Whether what a firing belongs to goes on, or is over for so short a time that what held it back is still known. */
function isRecent(head: AlertHead, at: Instant, now: Instant): boolean {
  const occurrence = occurrenceAt(occurrencesOf(head), at);
  return occurrence !== undefined && (occurrence.to ?? now) >= now - QUIET_TAIL / 2;
}
