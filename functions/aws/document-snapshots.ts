import type { Instant } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import type { Page, Position } from './dynamodb/query.ts';
import type { Room } from './rooms.ts';
import { table } from './table.ts';

/** A snapshot of one minute, and what its parts are known by. */
export interface KeptSnapshot {
  /** Whole minutes since the epoch. */
  readonly minute: number;
  /** When the last change in it was made. */
  readonly updatedAt: Instant;
  readonly chunks: number;
  /** How many snapshots were made until it. */
  readonly version: number;
}

/** Which snapshot is the newest, and how far it reaches. */
export interface SnapshotHead extends KeptSnapshot {
  /** The highest position that is in it. */
  readonly position: number;
}

/** A part of a snapshot. */
interface Chunk {
  readonly state: Uint8Array;
  readonly version: number;
  /** How many parts its snapshot has. */
  readonly of: number;
}

/** The parts of a snapshot put together; undefined when one of them is of another one, or cannot be seen. */
export async function readSnapshot(
  room: Room,
  { minute, chunks, version }: KeptSnapshot,
): Promise<Uint8Array | undefined> {
  const keys = Array.from({ length: chunks }, (_, chunk) =>
    schema.documentSnapshot.key({ ...docOf(room), minute, chunk }),
  );
  const rows = await table.load<Chunk>(keys);
  const parts = rows.flatMap((row) => (row?.version === version ? [row.state] : []));
  return parts.length === chunks ? Buffer.concat(parts) : undefined;
}

/** Of which minutes there are snapshots, the oldest first. None of them is read. */
export function listSnapshots(
  room: Room,
  page: { readonly limit: number; readonly after?: Position },
): Promise<Page<KeptSnapshot>> {
  const partition = schema.documentMinute.partition(docOf(room));
  return table.query<KeptSnapshot>({ partition, prefix: schema.documentMinute.sortPrefix, ...page });
}

/** The snapshot of a minute; undefined when there is none. */
export const findSnapshot = (room: Room, minute: number): Promise<KeptSnapshot | undefined> =>
  table.get<KeptSnapshot>(schema.documentMinute.key({ ...docOf(room), minute }));

/** Bytes in one item. */
const CHUNK = 300_000;

/**
 * Stores a snapshot as the newest, in the place of one of the same minute, if the newest is still the one that it was made from;
 * false when it is not.
 */
export async function storeSnapshot(
  room: Room,
  before: SnapshotHead | undefined,
  { state, ...about }: Omit<SnapshotHead, 'chunks' | 'version'> & { readonly state: Uint8Array },
): Promise<boolean> {
  const chunks = Math.ceil(state.length / CHUNK);
  const version = (before?.version ?? 0) + 1;
  const { minute, updatedAt } = about;
  const key = (chunk: number) => schema.documentSnapshot.key({ ...docOf(room), minute, chunk });
  const replaced = before?.minute === minute ? before.chunks : 0;
  const ofMinute: KeptSnapshot = { minute, updatedAt, chunks, version };
  const { committed } = await table.transact([
    {
      put: { ...schema.documentHead.key(docOf(room)), ...about, chunks, version },
      ...(before ? { ifVersion: before.version } : { ifNew: true }),
    },
    { put: { ...schema.documentMinute.key({ ...docOf(room), minute }), ...ofMinute } },
    ...Array.from({ length: chunks }, (_, chunk) => {
      const part: Chunk = {
        state: state.subarray(chunk * CHUNK, (chunk + 1) * CHUNK),
        ...{ version, of: chunks },
      };
      return { put: { ...key(chunk), ...part } };
    }),
    ...Array.from({ length: Math.max(0, replaced - chunks) }, (_, i) => ({ delete: key(chunks + i) })),
  ]);
  return committed;
}

/** The document of a room is called as its incident. */
export const docOf = ({ org, incident }: Room) => ({ org, doc: incident });
