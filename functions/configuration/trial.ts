import { type KeptSignal, quietLimits, type SignalsMessage } from '../../shared/alerts/index.ts';
import { type Configuration, decidingIn } from '../../shared/configuration/index.ts';
import {
  type Difference,
  differenceOf,
  type FirstPolicies,
  messagesOf,
} from '../../shared/detection/index.ts';
import {
  DAY,
  HOUR,
  type Instant,
  MINUTE,
  minuteOf,
  type OrganisationId,
  toText,
} from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { keptSignals } from '../aws/kept-signals.ts';
import { readInForce } from '../aws/quiets.ts';
import { MOST_SIGNALS, Playing } from './playing.ts';
import type { Stretch } from './stretch.ts';

/** Two configurations that are to be compared on the same signals. */
export interface Trial {
  readonly org: OrganisationId;
  readonly active: Configuration;
  readonly draft: Configuration;
}

/** What was played of what was asked for. */
export interface Covered {
  readonly from: Instant;
  readonly until: Instant;
  readonly signals: number;
  readonly isComplete: boolean;
  readonly why?: string;
  /** Signals of which what they said is gone. */
  readonly lost?: number;
}

/** What the draft would change, as far as signals were played. */
export interface Tried {
  readonly difference: Difference;
  readonly covered: Covered;
}

/** Plays kept signals through both, as far as a request may go. */
export async function tryOnKept({ org, active, draft }: Trial, asked: Stretch): Promise<Tried> {
  const now = clock.now();
  const kept = now - active.detection.signalDays * DAY;
  const stretch = { ...asked, from: Math.max(asked.from, kept), to: Math.min(asked.to, now) };
  // Silences that were there hold back the same of both.
  const quiets = await readInForce(org, stretch.from);
  const playing = new Playing(org, decidingIn(active), decidingIn(draft), quiets);
  const {
    begun = stretch.from,
    lost,
    why,
  } = await (asked.first === 'newest' ? newest : oldest)(org, stretch, playing);
  const cut = playing.stop?.why ?? why;
  const isOlder = asked.from < kept && cut === undefined;
  const reason = isOlder
    ? `Signals are kept for ${active.detection.signalDays} days`
    : cut && `${cut}; ask for less with 'from' and 'to'`;
  const forgotten = now - quietLimits.remembered;
  const silences =
    begun < forgotten && `Silences that were over before ${toText(forgotten)} are not known any more.`;
  return triedOf(playing, {
    ...{ from: begun, until: playing.stop?.at ?? stretch.to, lost },
    ...(reason !== undefined && { why: reason }),
    ...{ notes: silences ? [silences] : [], first: firstOf({ active, draft }) },
  });
}

/** What was read, and from when on where that is later than it was asked for, and why. */
interface Read {
  readonly begun?: Instant;
  readonly why?: string;
  readonly lost: number;
}

/** What is read of one minute: when that is more than can be played, its last POST may not be whole, and is not played. */
const ENOUGH = MOST_SIGNALS + 1;

/** Plays minute by minute, so that no more than one is in memory. */
async function oldest(org: OrganisationId, stretch: Stretch, playing: Playing): Promise<Read> {
  let lost = 0;
  const wanted = { minutes: minutesOf(stretch), most: ENOUGH, now: clock.now(), keep: 'first' } as const;
  for await (const one of keptSignals(org, wanted)) {
    lost += one.lost ?? 0;
    const whole = messagesOf(org, within(one.signals, stretch));
    for (const message of whole) if (!playing.hear(message)) break;
    if (playing.stop) break;
  }
  return { lost };
}

/** The share of the time that may pass until the newest signals are read. */
const READING = 1 / 3;

/** Reads back from the end for as many as can be played, and plays these. */
async function newest(org: OrganisationId, stretch: Stretch, playing: Playing): Promise<Read> {
  const minutes: (readonly KeptSignal[])[] = [];
  let [room, lost] = [MOST_SIGNALS, 0];
  let cut: Omit<Read, 'lost'> = {};
  const wanted = { minutes: minutesOf(stretch), most: ENOUGH, now: clock.now() } as const;
  for await (const one of keptSignals(org, { ...wanted, keep: 'last', isBackwards: true })) {
    const all = within(one.signals, stretch);
    const fitting = lastPosts(all, room);
    minutes.unshift(fitting);
    room -= fitting.length;
    lost += one.lost ?? 0;
    const isCut = fitting.length < all.length;
    if (isCut)
      cut = {
        why: `There are more than ${MOST_SIGNALS} signals, of which the last ${MOST_SIGNALS - room} were played`,
      };
    else if (playing.isLate(READING))
      cut = { why: 'It took long to read the signals, so the last ones were played' };
    if (cut.why === undefined) continue;
    const first = minutes.flat()[0];
    cut = { ...cut, begun: isCut && first ? first.from.receivedAt : one.minute * MINUTE };
    break;
  }
  for (const message of messagesOf(org, minutes.flat())) if (!playing.hear(message)) break;
  return { ...cut, lost };
}

/** The last of these signals, so many at most, without a POST of which not all is among them. */
function lastPosts(signals: readonly KeptSignal[], most: number): readonly KeptSignal[] {
  const cut = signals.length - most;
  if (cut <= 0) return signals;
  const torn = signals[cut - 1]?.from.receipt;
  const whole = signals.findIndex(({ from }, i) => i >= cut && from.receipt !== torn);
  return whole < 0 ? [] : signals.slice(whole);
}

const minutesOf = ({ from, to }: Stretch) => [minuteOf(from), minuteOf(to)] as const;

const within = (signals: readonly KeptSignal[], { from, to }: Stretch): readonly KeptSignal[] =>
  signals.filter((one) => one.from.receivedAt >= from && one.from.receivedAt <= to);

/** How long after the last uploaded body incidents may end by themselves. */
const AFTER_UPLOAD = HOUR;

/** Plays uploaded signals through both, as far as a request may go. */
export function tryOnUploaded({ org, active, draft }: Trial, messages: readonly SignalsMessage[]): Tried {
  const playing = new Playing(org, decidingIn(active), decidingIn(draft));
  for (const message of messages) if (!playing.hear(message)) break;
  const [first, last] = [messages[0]?.receivedAt ?? 0, messages.at(-1)?.receivedAt ?? 0];
  const { at = last + AFTER_UPLOAD, why } = playing.stop ?? {};
  return triedOf(playing, {
    ...{ from: first, until: at, lost: 0, notes: [], first: firstOf({ active, draft }) },
    ...(why !== undefined && { why: `${why}; upload less at once` }),
  });
}

/** What was played, and what is to be said of it. */
interface Played extends Pick<Covered, 'from' | 'until' | 'why'> {
  readonly lost: number;
  readonly notes: readonly string[];
  readonly first: FirstPolicies;
}

/** Whose pages go to nobody whom a rule names. */
const firstOf = ({ active, draft }: Pick<Trial, 'active' | 'draft'>): FirstPolicies => ({
  ...{ active: active.policies[0]?.id, draft: draft.policies[0]?.id },
  names: new Map([...active.policies, ...draft.policies].map(({ id, name }) => [id, name])),
});

function triedOf(playing: Playing, { from, until, why: cut, lost, notes, first }: Played): Tried {
  const left = lost > 0 ? `What ${lost} signals said is not kept any more` : undefined;
  const why = cut ?? left;
  const lacking = [
    ...(cut === undefined ? [] : [`Not all was played: ${cut}.`]),
    ...(left ? [`${left}.`] : []),
  ];
  return {
    difference: differenceOf(...playing.finish(until), [...lacking, ...notes], first),
    covered: {
      ...{ from, until, signals: playing.signals, isComplete: why === undefined },
      ...(why !== undefined && { why }),
      ...(lost > 0 && { lost }),
    },
  };
}
