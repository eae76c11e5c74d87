import { type Inhibition, longestAt } from '../../alerts/index.ts';
import {
  bytesIn,
  clipped,
  clippedWords,
  DAY,
  type Duration,
  type Instant,
  isSame,
  MINUTE,
} from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { AlertInBatch } from '../batch.ts';
import type { Draft } from '../draft.ts';
import type { Guard } from '../guard.ts';
import type { Received } from '../match.ts';
import { type Occurrence, occurrencesOf } from '../occurrence.ts';
import { type Belonging, belongingOf, noteOf } from './belonging.ts';
import type { MutingGroup } from './inhibitions.ts';

/** One stretch for which an alert fired that mutes others. */
export interface MutingSource {
  readonly fingerprint: string;
  readonly title: string;
  readonly from: Instant;
  /** When it ended, or went on as one that is in this group no longer. */
  readonly to?: Instant;
  /** When it was told last, by its source's time. */
  readonly last: Instant;
}

/** The stretches that one group remembers, the latest; and how many of one alert. */
const MOST_SOURCES = 20;
const MOST_OF_ONE = 3;

/** So long after its end an alert still mutes: it may fire again at once, and what it muted may end with it. */
export const LINGER: Duration = MINUTE;

/** An alert that nobody ends mutes for so long after it was told last. */
const LONGEST_MUTING: Duration = DAY;

/** The most bytes of the name of a rule in a reason, and of that and a title: the sentence around them has to stay whole in a head. */
const [LONGEST_RULE, LONGEST_NAMES] = [36, 78];

/** What holds an alert back in a group: its sources, as far as they are not the alert itself. */
export function mutedBy(
  { hash, rule }: Pick<MutingGroup, 'hash' | 'rule'>,
  sources: readonly MutingSource[],
  head: Pick<AlertHead, 'fingerprint'>,
): readonly Inhibition[] {
  const name = clippedWords(rule, LONGEST_RULE);
  const room = LONGEST_NAMES - bytesIn(name);
  return sources
    .filter(({ fingerprint }) => fingerprint !== head.fingerprint)
    .map(({ title, from, to, last }) => ({
      kind: 'inhibition',
      id: `inh_${hash}`,
      from,
      to: to === undefined ? last + LONGEST_MUTING : to + LINGER,
      comment: `Inhibition '${name}' (“${clippedWords(title, room)}” fires)`,
    }));
}

/** Until when a group of alerts mutes others at an instant, as far as is known; undefined when none of its sources does. */
export function mutesUntil(
  { sources = [], hash }: Pick<Guard, 'sources' | 'hash'>,
  at: Instant,
): Instant | undefined {
  const holders = mutedBy({ hash, rule: '' }, sources, { fingerprint: '' });
  return longestAt(holders, at)?.to;
}

/** So long after it was received a delivery that the queue brings again may be one whose worker died before it told the group. */
const TOLD_AGAIN: Duration = 5 * MINUTE;

/**
 * Tells the groups that an alert mutes since when it fires and when it ended; each group knows its own sources. A group of which a
 * firing is not any longer, as where it was critical and is a warning now, hears that it ended then.
 */
export function noteSource(draft: Draft, alert: AlertInBatch, firings: readonly Received[]): void {
  const { inhibitions, heads } = draft.loaded;
  const head = draft.head(alert.fingerprint);
  const mutes = firings.some((firing) => (inhibitions?.sourcesOf(firing) ?? []).length > 0);
  // So with most alerts, which need no more than this question.
  if (!head || (!head.inhibits && !mutes)) return;
  const belonging = belongingOf(head, heads.get(alert.fingerprint), firings, inhibitions);
  const { inhibits = [], inhibitsAt, ...rest } = head;
  const note = noteOf(belonging);
  if (!isSame({ inhibits, inhibitsAt }, { inhibits: [], ...note })) draft.put({ ...rest, ...note });
  const isTold = tellsEnd(draft, alert, firings);
  for (const hash of new Set([...inhibits, ...[...belonging.values()].flat()]))
    noteIn(draft, { hash, head, own: stretchesIn(head, hash, belonging), isTold });
}

/** When an alert fired as one of a group, each time until it ended or fired as one that is not. */
function stretchesIn(head: AlertHead, hash: string, belonging: Belonging): readonly Occurrence[] {
  return occurrencesOf(head)
    .flatMap((occurrence) => {
      const own = head.firings.filter((at) => occurrence.from <= at && at <= occurrence.last);
      const isIn = (at?: Instant) => at !== undefined && belonging.get(at)?.includes(hash) === true;
      const begins = own.filter((at, i) => isIn(at) && !isIn(own[i - 1]));
      return begins.map((from) => {
        const left = own.find((at) => at > from && !isIn(at));
        const last = left === undefined ? occurrence.last : (own.findLast((at) => at < left) ?? from);
        const to = left ?? occurrence.to;
        return { from, last, ...(to !== undefined && { to }) };
      });
    })
    .slice(-MOST_OF_ONE);
}

/**
 * Whether what is said now tells an end, also one that is known: the message to the group that was sent for the first may have been
 * lost. A question tells only what ended by itself: it is asked of all that a group holds back, which may have muted others once.
 */
function tellsEnd(
  draft: Draft,
  alert: AlertInBatch,
  firings: readonly Received[],
): (end: Instant) => boolean {
  const { lapsed, resolves = [] } = draft.head(alert.fingerprint) ?? {};
  if (alert.from === undefined) return (end) => end === lapsed;
  const isResolved = alert.others.some(({ signal }) => signal.state === 'resolved');
  const again = firings.filter(
    ({ from }) => from.queuedAt === undefined && draft.now - from.receivedAt <= TOLD_AGAIN,
  );
  return (end) => (isResolved && resolves.includes(end)) || again.some(({ signal }) => signal.at === end);
}

/** What an alert tells one of its groups. */
interface Telling {
  readonly hash: string;
  readonly head: AlertHead;
  readonly own: readonly Occurrence[];
  readonly isTold: (end: Instant) => boolean;
}

function noteIn(draft: Draft, { hash, head, own, isTold }: Telling): void {
  const { fingerprint } = head;
  const key = draft.key(hash, 'inhibition');
  const { sources = [] } = key.guard;
  const others = sources.filter((source) => source.fingerprint !== fingerprint);
  const title = clipped(head.title ?? 'An alert', 60);
  const stretches = own.map((one): MutingSource => {
    // Who repeats an alert under changing titles would have its groups written each time.
    const known = sources.find((old) => old.fingerprint === fingerprint && old.from === one.from);
    return { fingerprint, title: known?.title ?? title, ...one };
  });
  const after = remembered([...others, ...stretches]);
  key.asked.add(fingerprint);
  const isSaid = isSame(after, sources);
  const last = own.at(-1);
  const isNews = !isSaid || (last?.to !== undefined && isTold(last.to));
  if (isNews && (last === undefined || last.to !== undefined)) draft.release(`inh_${hash}`);
  if (isSaid) return;
  key.guard = { ...key.guard, sources: after };
  key.touched = true;
}

/** Of too many, those that go on or ended last. */
const remembered = (all: readonly MutingSource[]): readonly MutingSource[] =>
  all
    .toSorted((one, other) => endOf(other) - endOf(one) || byTime(other, one))
    .slice(0, MOST_SOURCES)
    .toSorted(byTime);

const endOf = ({ to = Number.MAX_SAFE_INTEGER }: MutingSource): Instant => to;

/** What began at one instant has an order of its own, or each that is told once more would come last. */
const byTime = (one: MutingSource, other: MutingSource): number =>
  one.from - other.from || (one.fingerprint < other.fingerprint ? -1 : 1);
