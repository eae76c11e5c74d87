import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  contentName,
  contentOf,
  type KeptSignal,
  keptByMinute,
  lineOf,
  type Packed,
  type PackedSignals,
  packSignals,
  type SignalLine,
  type SignalsMessage,
  unpackLines,
} from '../../shared/alerts/index.ts';
import { dayOfMinute, digest, type OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { byName, type KeptDay, keepKnown, meetContents } from './kept-contents.ts';
import { eachMinuteLine } from './minute-chunks.ts';
import { isCrowded, noteChunk, shardFor, WIDE } from './signal-shards.ts';
import { table } from './table.ts';

/** Signals in one chunk at most, and its bytes. */
const SIGNALS_IN_CHUNK = 1_000;
const CHUNK = 300_000;

/** What a chunk may have so that it is one write unit (1,024 bytes) together with its key. */
const ONE_UNIT = 890;

const MINUTES_IN_DAY = 1_440;

/**
 * Keeps the signals of a batch for so many days and tells their minutes. The key is made of what is kept, so keeping the same signals
 * again changes nothing.
 */
export async function keepSignals(
  org: OrganisationId,
  messages: readonly SignalsMessage[],
  days: number,
): Promise<readonly number[]> {
  const minutes = keptByMinute(messages);
  await allDone([...minutes].map(([minute, signals]) => keepMinute(org, minute, signals, days)));
  return [...minutes.keys()];
}

async function keepMinute(
  org: OrganisationId,
  minute: number,
  signals: readonly KeptSignal[],
  days: number,
): Promise<void> {
  const day = dayOfMinute(minute);
  const kept: KeptDay = { org, day, ttl: (day + 1 + days) * MINUTES_IN_DAY * 60 };
  const ttl = (minute + days * MINUTES_IN_DAY) * 60;
  for (let i = 0; i < signals.length; i += SIGNALS_IN_CHUNK) {
    const part = signals.slice(i, i + SIGNALS_IN_CHUNK);
    const put = async (row: Row, some: readonly KeptSignal[]): Promise<void> => {
      const hash = hashOf(some);
      const place = { org, day, shard: shardFor(hash, org, minute), minute, hash };
      await table.put({ ...schema.signalChunk.key(place), kind: 'signals', ...row, ttl });
      noteChunk(hash, org, minute);
    };
    await keepFitting(kept, part, put);
  }
}

/** A chunk as it is stored. */
export interface Row {
  readonly body: Uint8Array;
  readonly ids: Uint8Array;
}

/** Keeps these signals in one chunk, or in halves where that would be too large. */
async function keepFitting(
  day: KeptDay,
  signals: readonly KeptSignal[],
  put: (row: Row, some: readonly KeptSignal[]) => Promise<void>,
): Promise<void> {
  const whole = rowOf(packSignals(signals));
  const contents = byName(signals.map(({ signal }) => contentOf(signal)));
  const known = sizeOf(whole) <= ONE_UNIT ? new Set<string>() : await keepKnown(day, contents);
  const named = (name: string) => (known.has(name) ? name : undefined);
  const row =
    known.size === 0 ? whole : rowOf(packSignals(signals, (content) => named(contentName(content))));
  if (sizeOf(row) > CHUNK && signals.length > 1) {
    const half = Math.ceil(signals.length / 2);
    await keepFitting(day, signals.slice(0, half), put);
    return keepFitting(day, signals.slice(half), put);
  }
  await put(row, signals);
  meetContents(day, [...contents.keys()]);
}

const rowOf = ({ body, ids }: Packed): Row => ({ body: deflateRawSync(JSON.stringify(body)), ids });

const sizeOf = ({ body, ids }: Row): number => body.length + ids.length;

const hashOf = (signals: readonly KeptSignal[]): string =>
  digest(...signals.map(({ from, place }) => `${from.receipt} ${place}`)).slice(0, 24);

/** What a stored chunk packs. */
export const packedIn = ({ body, ids }: Row): Packed => ({
  body: JSON.parse(inflateRawSync(body).toString('utf8')) as PackedSignals,
  ids,
});

/** The chunks of these minutes of one day in one shard, in the order of minutes. */
export const chunksOf = (
  org: OrganisationId,
  shard: number,
  { day, from, to }: { readonly day: number; readonly from: number; readonly to: number },
) => ({
  partition: schema.signalChunk.partition({ org, day, shard }),
  from: schema.signalChunk.sort({ minute: from, hash: '-' }),
  to: schema.signalChunk.sort({ minute: to, hash: '~' }),
});

/**
 * Hands over the signals that were received in one minute, a few chunks at a time; one that is in several chunks comes several times.
 * Those that version 0.1.0 kept are among them.
 */
export async function eachSignal(
  org: OrganisationId,
  minute: number,
  hear: (line: SignalLine) => void,
): Promise<void> {
  const stretch = { day: dayOfMinute(minute), from: minute, to: minute };
  const read = async (shard: number): Promise<number> => {
    let chunks = 0;
    for await (const rows of table.queryAnswers<Row>(chunksOf(org, shard, stretch))) {
      chunks += rows.length;
      for (const row of rows) for (const kept of unpackLines(packedIn(row))) hear(lineOf(kept));
    }
    return chunks;
  };
  const usual = [...Array(shards.signals).keys()].map(read);
  const [chunks] = await allDone([allDone(usual), eachMinuteLine(org, minute, hear)]);
  if (isCrowded(chunks)) await allDone(WIDE.map(read));
}
