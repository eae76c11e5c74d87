import { type Inhibition, longestAt } from '../../alerts/index.ts';
import { clipped, DAY, type Duration, type Instant, MINUTE } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { AlertInBatch } from '../batch.ts';
import type { Draft } from '../draft.ts';
import type { Guard } from '../guard.ts';
import type { Received } from '../match.ts';
import { occurrencesOf } from '../occurrence.ts';
import type { MutingGroup } from './inhibitions.ts';

/** One stretch for which an alert fired that mutes others. */
export interface MutingSource {
  readonly fingerprint: string;
  readonly title: string;
  readonly from: Instant;
  readonly to?: Instant;
  /** When it was told last, by its source's time. */
  readonly last: Instant;
  /** When it went on as one that is in this group no longer: it ended here then. */
  readonly left?: Instant;
}

/** The stretches that one group remembers, the latest; and how many of one alert. */
const MOST_SOURCES = 20;
const MOST_OF_ONE = 3;

/** So long after its end an alert still mutes: it may fire again at once, and what it muted may end with it. */
export const LINGER: Duration = MINUTE;

/** An alert that nobody ends mutes for so long after it was told last. */
const LONGEST_MUTING: Duration = DAY;

/** What holds an alert back in a group: its sources, as far as they are not the alert itself. */
export function mutedBy(
  { hash, rule }: Pick<MutingGroup, 'hash' | 'rule'>,
  sources: readonly MutingSource[],
  head: Pick<AlertHead, 'fingerprint'>,
): readonly Inhibition[] {
  return sources
    .filter(({ fingerprint }) => fingerprint !== head.fingerprint)
    .map(({ title, from, to, last }) => ({
      kind: 'inhibition',
      id: `inh_${hash}`,
      from,
      to: to === undefined ? last + LONGEST_MUTING : to + LINGER,
      comment: `Inhibition '${rule}' (“${title}” fires)`,
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

/** So long after an end a question alone has its group looked at: what told of it first may have been lost, and is tried again by then. */
const TOLD_AGAIN: Duration = 15 * MINUTE;

/** Groups that one alert may mute at a time. */
const MOST_GROUPS = 8;

/**
 * Tells the groups that an alert mutes since when it fires and when it ended; each group knows its own sources. A group of which its newest
 * firing is not any longer, as where it was critical and is a warning now, hears that it ended then.
 */
export function noteSource(draft: Draft, alert: AlertInBatch, firings: readonly Received[]): void {
  const { fingerprint, from, askedAt } = alert;
  // Otherwise what is held back itself would be asked after by the group that it muted once, for as long as it is held.
  const endsSince = from === undefined && askedAt !== undefined ? askedAt - TOLD_AGAIN : 0;
  const head = draft.head(fingerprint);
  if (!head) return;
  const said = firings
    .map((firing) => ({ at: firing.signal.at, groups: draft.loaded.inhibitions?.sourcesOf(firing) ?? [] }))
    .toSorted((a, b) => b.at - a.at);
  const found = said.flatMap(({ groups }) => groups.map(({ hash }) => hash));
  const all = [...new Set([...found, ...(head.inhibits ?? [])])];
  if (all.length === 0) return;
  const hashes = all.slice(0, MOST_GROUPS);
  if (hashes.some((hash) => !head.inhibits?.includes(hash))) draft.put({ ...head, inhibits: hashes });
  const own = occurrencesOf(head)
    .slice(-MOST_OF_ONE)
    .map(({ from, to, last }) => ({
      ...{ fingerprint, title: clipped(head.title ?? 'An alert', 60), from, last },
      ...(to !== undefined && { to }),
    }));
  const [newest] = said;
  const isNewest = newest !== undefined && newest.at >= (own.at(-1)?.last ?? 0);
  for (const hash of all) {
    const one = said.find(({ groups }) => groups.some((group) => group.hash === hash));
    const isLeft = !hashes.includes(hash) || (isNewest && one !== newest);
    noteIn(draft, hash, own, {
      ...(one && { said: one.at }),
      ...(isLeft && newest && { left: newest.at }),
      endsSince,
    });
  }
}

/** When an alert fired last as one of a group, and when as one that is not, if that is what it did last. */
interface Belonging {
  readonly said?: Instant;
  readonly left?: Instant;
  /** An end from then on has its group looked at, also when it is known already. */
  readonly endsSince: Instant;
}

function noteIn(draft: Draft, hash: string, own: readonly MutingSource[], belonging: Belonging): void {
  const key = draft.key(hash, 'inhibition');
  const { sources = [] } = key.guard;
  const [{ fingerprint } = { fingerprint: '' }] = own;
  const others = sources.filter((source) => source.fingerprint !== fingerprint);
  const stretches = own.map((stretch) => inGroup(stretch, sources, belonging));
  const after = [...others, ...stretches].toSorted((a, b) => a.from - b.from).slice(-MOST_SOURCES);
  key.asked.add(fingerprint);
  const isSaid = JSON.stringify(after) === JSON.stringify(sources);
  const end = stretches.at(-1)?.to;
  if (end !== undefined && (!isSaid || end >= belonging.endsSince)) draft.release(`inh_${hash}`);
  if (isSaid) return;
  key.guard = { ...key.guard, sources: after };
  key.touched = true;
}

/** A stretch ends for a group when the alert leaves it, at the latest, until it fires as one of it again. */
function inGroup(
  stretch: MutingSource,
  known: readonly MutingSource[],
  { said = 0, left }: Belonging,
): MutingSource {
  const before = known.find(
    ({ fingerprint, from }) => fingerprint === stretch.fingerprint && from === stretch.from,
  );
  const gone = before?.left !== undefined && said <= before.left ? before.left : left;
  if (gone === undefined || (stretch.to !== undefined && stretch.to <= gone)) return stretch;
  return { ...stretch, to: gone, left: gone };
}
