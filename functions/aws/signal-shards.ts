import type { OrganisationId } from '../../shared/kernel/index.ts';
import { shardOf, shards } from '../../shared/table/index.ts';

/** A shard with so many chunks of one minute tells that there may be more of them in the wide ones. */
const CROWDED = 5;

/**
 * Chunks of one minute that an environment puts into the usual shards before it goes on in all of them: with one more than fit
 * without it, one of the usual shards is crowded. So a reader of these knows where to look, and a quiet minute is a few queries.
 */
const USUAL = shards.signals * (CROWDED - 1) + 1;

/** The shards beside the usual ones. */
export const WIDE: readonly number[] = Array.from(
  { length: shards.storm - shards.signals },
  (_, i) => shards.signals + i,
);

/** Whether a reader of the usual shards, with so many chunks of one minute in each, must read the wide ones, too. */
export const isCrowded = (chunks: readonly number[]): boolean => chunks.some((count) => count >= CROWDED);

/** The first chunks that this environment has put for certain, by organisation and minute, each once. */
const put = new Map<string, Set<string>>();
const MOST = 1_000;

const nameOf = (org: OrganisationId, minute: number): string => `${org} ${minute}`;

/** Notes that a chunk of this minute was put. */
export function noteChunk(hash: string, org: OrganisationId, minute: number): void {
  const name = nameOf(org, minute);
  if (put.size >= MOST && !put.has(name)) put.clear();
  const known = put.get(name) ?? new Set();
  if (known.size < USUAL) put.set(name, known.add(hash));
}

/**
 * Where this environment puts a chunk: a partition takes a thousand writes a second, and in a storm each worker puts many. What it put
 * before stays where it is.
 */
export function shardFor(hash: string, org: OrganisationId, minute: number): number {
  const known = put.get(nameOf(org, minute));
  const isStorm = known !== undefined && known.size >= USUAL && !known.has(hash);
  return shardOf(hash, isStorm ? shards.storm : shards.signals);
}
