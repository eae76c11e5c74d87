import type { SignalState, SignalsMessage } from '../../shared/alerts/index.ts';
import { digest, type Instant, minuteOf, type OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import { type Item, table } from './table.ts';

/** One signal as it was accepted: the receipt and its place in it name it for ever, so counts are unions. */
export interface SignalLine {
  readonly receipt: string;
  readonly place: number;
  readonly fingerprint: string;
  readonly state: SignalState;
  readonly at: Instant;
}

const LINES_IN_CHUNK = 300;
const KEPT_DAYS = 30;

/** Keeps the signals of a batch. The key is made of what is kept, so keeping the same signals again changes nothing. */
export async function keepSignals(org: OrganisationId, messages: readonly SignalsMessage[]): Promise<void> {
  const minutes = new Map<number, SignalLine[]>();
  for (const { receipt, receivedAt, signals } of messages) {
    const lines = minutes.get(minuteOf(receivedAt)) ?? [];
    minutes.set(minuteOf(receivedAt), lines);
    for (const [place, { fingerprint, state, at }] of signals.entries())
      lines.push({ receipt, place, fingerprint, state, at });
  }
  const items = [...minutes].flatMap(([minute, lines]) => chunksOf(org, minute, lines));
  await Promise.all(items.map((item) => table.put(item)));
}

function chunksOf(org: OrganisationId, minute: number, lines: readonly SignalLine[]): readonly Item[] {
  const chunks: Item[] = [];
  for (let i = 0; i < lines.length; i += LINES_IN_CHUNK) {
    const part = lines.slice(i, i + LINES_IN_CHUNK);
    const hash = digest(...part.map(({ receipt, place }) => `${receipt} ${place}`));
    const key = schema.signalChunk.key({ org, minute, shard: shardOf(hash, shards.signals), hash });
    chunks.push({ ...key, kind: 'signals', lines: part, ttl: (minute + KEPT_DAYS * 1_440) * 60 });
  }
  return chunks;
}

/** The signals that were sent in these minutes, each once. */
export async function readSignals(
  org: OrganisationId,
  fromMinute: number,
  toMinute: number,
): Promise<readonly SignalLine[]> {
  const minutes = Array.from({ length: Math.max(0, toMinute - fromMinute + 1) }, (_, i) => fromMinute + i);
  const found = new Map<string, SignalLine>();
  for (const minute of minutes) {
    const pages = await Promise.all(
      [...Array(shards.signals).keys()].map((shard) =>
        table.query<{ lines: readonly SignalLine[] }>({
          partition: schema.signalChunk.partition({ org, minute, shard }),
        }),
      ),
    );
    for (const line of pages.flatMap(({ items }) => items.flatMap(({ lines }) => lines))) {
      found.set(`${line.receipt} ${line.place}`, line);
    }
  }
  return [...found.values()];
}
