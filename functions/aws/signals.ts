import { linesByMinute, type SignalLine, type SignalsMessage } from '../../shared/alerts/index.ts';
import { digest, type IntegrationId, type OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { type Item, table } from './table.ts';

const LINES_IN_CHUNK = 300;
const KEPT_DAYS = 30;

/**
 * Keeps the signals of a batch and tells their minutes. The key is made of what is kept, so keeping the same signals again
 * changes nothing.
 */
export async function keepSignals(
  org: OrganisationId,
  messages: readonly SignalsMessage[],
): Promise<readonly number[]> {
  const minutes = linesByMinute(messages);
  const items = [...minutes].flatMap(([minute, lines]) => chunksOf(org, minute, lines));
  await allDone(items.map((item) => table.put(item)));
  return [...minutes.keys()];
}

function chunksOf(org: OrganisationId, minute: number, lines: readonly SignalLine[]): readonly Item[] {
  const chunks: Item[] = [];
  for (let i = 0; i < lines.length; i += LINES_IN_CHUNK) {
    const part = lines.slice(i, i + LINES_IN_CHUNK);
    const hash = digest(...part.map(({ receipt, place }) => `${receipt} ${place}`));
    const key = schema.signalChunk.key({ org, minute, shard: shardOf(hash, shards.signals), hash });
    chunks.push({ ...key, kind: 'signals', ...packed(part), ttl: (minute + KEPT_DAYS * 1_440) * 60 });
  }
  return chunks;
}

/** Lines as they are stored: `by` is the place of the integration in the list of the chunk, for its id is as long as the rest. */
interface Packed {
  readonly lines: readonly (Omit<SignalLine, 'integration'> & { readonly by?: number })[];
  /** Absent in what an earlier version stored. */
  readonly integrations?: readonly IntegrationId[];
}

function packed(lines: readonly SignalLine[]): Packed {
  const places = new Map<IntegrationId, number>();
  const stored = lines.map(({ integration, ...line }) => {
    if (integration === undefined) return line;
    const by = places.get(integration) ?? places.size;
    places.set(integration, by);
    return { ...line, by };
  });
  return { lines: stored, integrations: [...places.keys()] };
}

function unpacked({ lines, integrations = [] }: Packed): readonly SignalLine[] {
  return lines.map(({ by, ...line }) => {
    const integration = by === undefined ? undefined : integrations[by];
    return { ...line, integration };
  });
}

/** Chunks that are in memory at once: at most this many of about 60 KB. */
const CHUNKS_AT_ONCE = 15;

/** Hands over the signals that were sent in one minute, a few chunks at a time; one that is in several chunks comes several times. */
export async function eachSignal(
  org: OrganisationId,
  minute: number,
  hear: (line: SignalLine) => void,
): Promise<void> {
  await allDone(
    [...Array(shards.signals).keys()].map(async (shard) => {
      const partition = schema.signalChunk.partition({ org, minute, shard });
      for (let after: readonly string[] | undefined = []; after; ) {
        const page: Awaited<ReturnType<typeof chunkPage>> = await chunkPage(partition, after);
        for (const chunk of page.items) for (const line of unpacked(chunk)) hear(line);
        after = page.next;
      }
    }),
  );
}

const chunkPage = (partition: string, after: readonly string[]) =>
  table.query<Packed>({
    partition,
    limit: CHUNKS_AT_ONCE,
    ...(after.length > 0 && { after }),
  });
