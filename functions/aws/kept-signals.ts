import {
  inOrderOfReceipt,
  type KeptContent,
  type KeptSignal,
  namesElsewhere,
  type Packed,
  unpackSignals,
} from '../../shared/alerts/index.ts';
import { dayOfMinute, type Instant, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { type Key, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { readContents } from './kept-contents.ts';
import { isCrowded, WIDE } from './signal-shards.ts';
import { chunksOf, packedIn, type Row } from './signals.ts';
import { table } from './table.ts';

/** The signals of one minute in the order in which they were received, each once; `tooMany` where there are more than were asked for. */
export interface KeptMinute {
  readonly minute: number;
  readonly signals: readonly KeptSignal[];
  readonly tooMany?: true;
}

/** Which minutes to read, both included; how many signals of one minute at most; and now: what has run out is gone. */
export interface Wanted {
  readonly minutes: readonly [from: number, to: number];
  readonly most: number;
  readonly now: Instant;
  /** The newest minute first; the signals of one minute are in the order of their receipt all the same. */
  readonly isBackwards?: boolean;
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
      const rows = [...usual, ...wide].flat();
      const living = rows.filter(({ ttl }) => ttl * SECOND > wanted.now).map(packedIn);
      if (signalsIn(living) > wanted.most) yield { minute, signals: [], tooMany: true };
      else yield { minute, signals: await together({ org, day }, living, contents) };
    }
  }
}

const signalsIn = (packed: readonly Packed[]): number => packed.reduce((sum, { body }) => sum + body.n, 0);

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

async function together(
  place: { readonly org: OrganisationId; readonly day: number },
  chunks: readonly Packed[],
  contents: Map<string, KeptContent>,
): Promise<readonly KeptSignal[]> {
  if (contents.size > MOST_CONTENTS) contents.clear();
  await readContents(place, chunks.flatMap(namesElsewhere), contents);
  const signals = new Map<string, KeptSignal>();
  for (const chunk of chunks)
    for (const kept of unpackSignals(chunk, contents))
      signals.set(`${kept.from.receipt} ${kept.place}`, kept);
  return [...signals.values()].sort(inOrderOfReceipt);
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
    return this.#rows.at(-1) && minuteIn(this.#rows.at(-1));
  }

  /** Those of this minute, if they are next. */
  async of(minute: number): Promise<readonly StoredRow[]> {
    const rows: StoredRow[] = [];
    while ((await this.peek()) === minute) rows.push(...this.#rows.splice(-1));
    return rows;
  }
}

/** The sort key begins with the minute. */
const minuteIn = (row: Key | undefined): number => Number(row?.sk.slice(0, MINUTE_DIGITS));

const MINUTE_DIGITS = 9;
