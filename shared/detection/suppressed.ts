import { type Holder, type HolderId, quietName, type Severity, severities } from '../alerts/index.ts';
import { type IncidentId, type Instant, isSame } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import { type Occurrence, occurrenceAt, occurrencesOf } from './occurrence.ts';
import { countsUnder, sortedSet, type Under } from './routes.ts';

/** Which firings of an alert a silence or maintenance window holds back. */
export interface Suppressed {
  /** The last one that held something back. */
  readonly by: HolderId;
  readonly kind: Holder['kind'];
  readonly why: string;
  /** When it ends, by what was known. */
  readonly until: Instant;
  /** The firings that came into no incident, by time; they are among those of the head. */
  readonly firings: readonly HeldFiring[];
  /** When the quiet ended over an alert that went on, sorted: from then on it counts for incidents. */
  readonly released?: readonly Instant[];
  /** Digest of what is kept of it beside the head. */
  readonly content?: string;
}

/** A firing that was held back, by what, and when that was found to hold it no longer though its time had not come. */
export interface LetGo extends Pick<Suppressed, 'by' | 'why'> {
  readonly firing: Instant;
  readonly at: Instant;
}

/** A firing that is held back: when it was, and its place in the list of severities, -1 where it said none. */
export type HeldFiring = readonly [at: Instant, severity: number];

/** What holds one firing back. */
export interface Holding {
  /** All that follow one another without a gap, beginning with what holds at the firing's time. */
  readonly chain: readonly [Holder, ...Holder[]];
  readonly until: Instant;
  readonly why: string;
}

/**
 * The occurrences as far as they count for incidents, or for those of one key: without those of which every firing is held back, is
 * kept without an incident by a rule, or goes to another key; and of the others from the first that is not, or from when the quiet ended.
 */
export const placedOccurrences = (head: AlertHead, under?: Under): readonly Occurrence[] =>
  head.routes ? counted(head, countsUnder(head, under)) : unheldOccurrences(head);

/** The occurrences without those of which every firing is held back; of the others from the first that is not, or from when the quiet ended. */
export const unheldOccurrences = (head: AlertHead): readonly Occurrence[] =>
  head.suppressed ? counted(head, () => true) : occurrencesOf(head);

function counted(head: AlertHead, counts: (at: Instant) => boolean): readonly Occurrence[] {
  const { suppressed, firings } = head;
  const { released = [] } = suppressed ?? {};
  return occurrencesOf(head).flatMap((occurrence) => {
    const { from, last, to = Number.POSITIVE_INFINITY } = occurrence;
    const own = firings.filter((at) => from <= at && at <= last);
    const held = own.filter((at) => isHeld(suppressed, at));
    const goesFree = held.length === 0 || held.some(counts);
    const placed = [
      ...own.filter((at) => counts(at) && !isHeld(suppressed, at)),
      ...released.filter((at) => goesFree && from <= at && at < to),
    ];
    if (placed.length === 0) return [];
    return [{ ...occurrence, from: Math.min(...placed), last: Math.max(...placed) }];
  });
}

/** Whether the alert is on and counts for incidents, or for those of one key. */
export function isOn(head: AlertHead, under?: Under): boolean {
  const last = placedOccurrences(head, under).at(-1);
  return last !== undefined && last.to === undefined;
}

/** Whether the alert is on and counts in an incident. */
export const isOnIn = (head: AlertHead, id: IncidentId): boolean =>
  head.memberships.some(({ incident, correlation: hash }) => incident === id && isOn(head, { hash }));

/** The occurrence that ended at this time, as far as it counts; all of it when a quiet ended over it that turns out to have been over by then. */
export function endedAt(head: AlertHead, end: Instant, under: Under): Occurrence | undefined {
  const placed = placedOccurrences(head, under).find(({ to }) => to === end);
  if (placed || !head.suppressed?.released?.some((at) => at >= end)) return placed;
  const ended = occurrencesOf(head).find(({ to }) => to === end);
  const counts = countsUnder(head, under);
  const isHere = head.firings.some((at) => ended && ended.from <= at && at <= ended.last && counts(at));
  return isHere ? ended : undefined;
}

/** Whether its last occurrence is held back, all of it so far. */
export function isHeldBack(head: AlertHead): boolean {
  const last = occurrencesOf(head).at(-1);
  if (!head.suppressed || !last) return false;
  return !unheldOccurrences(head).some((one) => one.last >= last.from);
}

/**
 * Whether anything of its current occurrence is held back still: all of it, or, of an alert that came into an incident before, what it
 * said since, such as that it is more severe.
 */
export function isHeldNow(head: AlertHead): boolean {
  const last = occurrencesOf(head).at(-1);
  if (!head.suppressed || last?.to !== undefined) return false;
  return head.suppressed.firings.some(
    ([at]) => last !== undefined && last.from <= at && releasedAt(head, at) === undefined,
  );
}

/** Whether the head has this time as that of a firing, or of the end of a quiet. */
export const knows = ({ firings, suppressed }: AlertHead, at: Instant): boolean =>
  firings.includes(at) || (suppressed?.released?.includes(at) ?? false);

/** When what held a firing of this time back ended over it; undefined where it does so still, or never did. */
export function releasedAt(head: AlertHead, at: Instant): Instant | undefined {
  const own = isHeld(head.suppressed, at) ? occurrenceAt(occurrencesOf(head), at) : undefined;
  if (!own) return undefined;
  const { to = Number.POSITIVE_INFINITY } = own;
  return head.suppressed?.released?.findLast((time) => at <= time && time < to);
}

/** Whether a firing of this time is held back. */
const isHeld = (suppressed: Suppressed | undefined, time: Instant): boolean =>
  suppressed?.firings.some(([at]) => at === time) ?? false;

const LONGEST_WHY = 120;

const HOLDS = ' holds it back';

/** Why a firing is held back: a whole sentence, of which only the comment is cut where it is to be short. */
export const whyHeld = (holder: Holder, bytes: number = Number.POSITIVE_INFINITY): string =>
  `${quietName(holder, bytes - HOLDS.length)}${HOLDS}`;

/** What is noted of a firing that is held back. */
interface Note {
  readonly at: Instant;
  readonly severity: Severity | undefined;
  readonly holding: Holding;
  /** When the quiet ended over it. */
  readonly releasedAt?: Instant;
  /** Digest of what is kept of it beside the head. */
  readonly content?: string | undefined;
}

/** The head with one more firing held back; the same object when it says so already. */
export function withHeld(head: AlertHead, note: Note): AlertHead {
  const { holding, releasedAt } = note;
  const before = head.suppressed;
  const { released = [], content: known } = before ?? {};
  // What goes free is kept no longer: held back once more, it is to be kept anew.
  const content = note.content ?? (releasedAt === undefined ? known : undefined);
  const firings = withFiring(before?.firings ?? [], note).filter(([at]) => head.firings.includes(at));
  const [first] = holding.chain;
  const by =
    firings.at(-1)?.[0] === note.at
      ? { by: first.id, kind: first.kind, why: whyHeld(first, LONGEST_WHY), until: holding.until }
      : before && { by: before.by, kind: before.kind, why: before.why, until: before.until };
  if (!by) return head;
  const times = releasedAt === undefined ? released : sortedSet([...released, releasedAt]).slice(-MOST);
  const suppressed: Suppressed = {
    ...{ ...by, firings },
    ...(times.length > 0 && { released: times }),
    ...(content !== undefined && { content }),
  };
  return isSame(before, suppressed) ? head : { ...head, suppressed };
}

/** Releases that a head keeps. */
const MOST = 4;

/** Of two at the same time the more urgent counts. */
function withFiring(firings: readonly HeldFiring[], { at, severity }: Note): readonly HeldFiring[] {
  const place = severity === undefined ? -1 : severities.indexOf(severity);
  const own = firings.find(([time]) => time === at)?.[1] ?? place;
  const worst = own === -1 || place === -1 ? Math.max(own, place) : Math.min(own, place);
  const others = firings.filter(([time]) => time !== at);
  return [...others, [at, worst] as const].sort(([a], [b]) => a - b);
}

/** The head with this firing held back no longer, as is found at an instant; the same object when it was not. */
export function withoutHeld(head: AlertHead, firing: Instant, now: Instant): AlertHead {
  const { suppressed, ...rest } = head;
  if (!suppressed || !isHeld(suppressed, firing)) return head;
  const { by, why } = suppressed;
  const firings = suppressed.firings.filter(([at]) => at !== firing);
  return {
    ...rest,
    ...(firings.length > 0 && { suppressed: { ...suppressed, firings } }),
    letGo: { firing, by, why, at: now },
  };
}
