import {
  inOrderOfReceipt,
  type KeptContent,
  type KeptSignal,
  namesElsewhere,
  type Packed,
  unpackLines,
  unpackSignals,
} from '../../shared/alerts/index.ts';
import { dayOfMinute, type Instant, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { type Key, schema, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { type KeptDay, readContents } from './kept-contents.ts';
import { isCrowded, WIDE } from './signal-shards.ts';
import { chunksOf, packedIn, type Row } from './signals.ts';
import { table } from './table.ts';

/** The signals of one minute in the order in which they were received, each once. */
export interface KeptMinute {
  readonly minute: number;
  readonly signals: readonly KeptSignal[];
  /** Where there are more than were asked for: then there are none, or as many as fit. */
  readonly tooMany?: true;
  /** Signals of which what they said is gone; absent where there are none. */
  readonly lost?: number;
}

/** Which minutes to read, both included; how many signals of one minute at most; and now: what has run out is gone. */
export interface Wanted {
  readonly minutes: readonly [from: number, to: number];
  readonly most: number;
  readonly now: Instant;
  /** The newest minute first; the signals of one minute are in the order of their receipt all the same. */
  readonly isBackwards?: boolean;
  /** Of a minute with more than `most` those that were received first or last; else none of it. */
  readonly keep?: 'first' | 'last';
}

type StoredRow = Row & Key & { readonly ttl: number };

/**
 * Reads kept signals minute by minute, in order. In memory are one minute, and of each shard what the table answers at once (1 MB).
 * Signals that version 0.1.0 kept say nothing but that they were, and are left out.
 */
export async function* keptSignals(org: OrganisationId, wanted: Wanted): AsyncGenerator<KeptMinute> {
  const [from, to] = wanted.minutes;
  const { isBackwards = false } = wanted;
  const next = isBackwards ? Math.max : Math.min;
  for (const day of daysOf(wanted)) {
    const stretch = { day, from, to };
    const chunksIn = (shard: number, { from, to } = stretch) =>
      new Chunks(
        table.queryAnswers<StoredRow>({
          ...chunksOf(org, shard, { day, from, to }),
          backwards: isBackwards,
        }),
      );
    const open = [...Array(shards.signals).keys()].map((shard) => chunksIn(shard));
    const contents = new Map<string, KeptContent>();
    for (
      let minute = await nextMinute(open, next);
      minute !== undefined;
      minute = await nextMinute(open, next)
    ) {
      const at = minute;
      const usual = await allDone(open.map((chunks) => chunks.of(at)));
      const wide = isCrowded(usual.map(({ length }) => length))
        ? await allDone(WIDE.map((shard) => chunksIn(shard, { day, from: at, to: at }).of(at)))
        : [];
      const living = [...usual, ...wide].flat().filter(({ ttl }) => ttl * SECOND > wanted.now);
      yield { minute, ...(await signalsIn({ org, day }, living, contents, wanted)) };
    }
  }
}

function daysOf({ minutes: [from, to], isBackwards }: Wanted): readonly number[] {
  const first = dayOfMinute(from);
  const days = Array.from({ length: Math.max(0, dayOfMinute(to) - first + 1) }, (_, i) => first + i);
  return isBackwards ? days.reverse() : days;
}

async function nextMinute(
  open: readonly Chunks[],
  next: (...minutes: readonly number[]) => number,
): Promise<number | undefined> {
  const minutes = (await allDone(open.map((chunks) => chunks.peek()))).filter((one) => one !== undefined);
  return minutes.length === 0 ? undefined : next(...minutes);
}

/** Contents that are remembered of one day while it is read. */
const MOST_CONTENTS = 20_000;

/** Chunks that are unpacked at once. */
const CHUNKS = 16;

/** Reads some chunks after the other, so that a minute with a great many is not in memory as a whole. */
async function signalsIn(
  place: Omit<KeptDay, 'ttl'>,
  rows: readonly Row[],
  contents: Map<string, KeptContent>,
  { most, keep }: Wanted,
): Promise<Omit<KeptMinute, 'minute'>> {
  const signals = new Map<string, KeptSignal>();
  const lost = new Set<string>();
  let tooMany = false;
  for (let i = 0; i < rows.length; i += CHUNKS) {
    await takeIn(rows.slice(i, i + CHUNKS).map(packedIn));
    if (signals.size <= most) continue;
    tooMany = true;
    if (keep === undefined) return { signals: [], tooMany };
    // What is given up now and is in a later chunk, too, is given up there.
    if (signals.size > 2 * most) cut(signals, most, keep);
  }
  if (tooMany && keep) cut(signals, most, keep);
  const missing = [...lost].filter((name) => !signals.has(name)).length;
  return {
    signals: [...signals.values()].sort(inOrderOfReceipt),
    ...(tooMany && { tooMany }),
    ...(missing > 0 && { lost: missing }),
  };

  async function takeIn(chunks: readonly Packed[]): Promise<void> {
    if (contents.size > MOST_CONTENTS) contents.clear();
    await readContents(place, chunks.flatMap(namesElsewhere), contents);
    for (const chunk of chunks) {
      const found = unpackSignals(chunk, contents);
      for (const kept of found) signals.set(nameOf(kept), kept);
      if (found.length < chunk.body.n) for (const line of unpackLines(chunk)) lost.add(nameOf(line));
    }
  }
}

const nameOf = ({ from, place }: KeptSignal): string => `${from.receipt} ${place}`;

function cut(signals: Map<string, KeptSignal>, most: number, keep: 'first' | 'last'): void {
  const sorted = [...signals].sort(([, a], [, b]) => inOrderOfReceipt(a, b));
  for (const [name] of keep === 'first' ? sorted.slice(most) : sorted.slice(0, -most)) signals.delete(name);
}

/** The chunks of one shard, minute by minute. */
class Chunks {
  readonly #answers: AsyncGenerator<readonly StoredRow[]>;
  #rows: StoredRow[] = [];

  constructor(answers: AsyncGenerator<readonly StoredRow[]>) {
    this.#answers = answers;
  }

  /** The minute of the next one; undefined when there is none. */
  async peek(): Promise<number | undefined> {
    while (this.#rows.length === 0) {
      const { done, value } = await this.#answers.next();
      if (done) return undefined;
      this.#rows = [...value].reverse();
    }
    const last = this.#rows.at(-1);
    return last && minuteIn(last);
  }

  /** Those of this minute, if they are next. */
  async of(minute: number): Promise<readonly StoredRow[]> {
    const rows: StoredRow[] = [];
    while ((await this.peek()) === minute) rows.push(...this.#rows.splice(-1));
    return rows;
  }
}

const minuteIn = ({ sk }: Key): number => Number(schema.signalChunk.read('sk', sk).minute);
