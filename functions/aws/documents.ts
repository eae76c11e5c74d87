import type { Instant } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { chunked } from './chunked.ts';
import { clock } from './clock.ts';
import type { Room } from './rooms.ts';
import { table } from './table.ts';

/** One change of a document, as Yjs writes it. */
export interface StoredUpdate {
  readonly position: number;
  readonly update: Uint8Array;
  readonly at: Instant;
  /** The id of who made it. */
  readonly by: string;
}

/** Which snapshot is the newest, and how often one was made. */
interface Head {
  readonly version: number;
  /** Whole minutes since the epoch. */
  readonly minute: number;
  readonly chunks: number;
  /** The highest position that is in it. */
  readonly position: number;
  /** When the last change in it was made. */
  readonly updatedAt: Instant;
}

/** A document as it is stored: its newest snapshot, and all changes that may not be in it. */
export interface StoredDocument {
  readonly head: Head | undefined;
  readonly snapshot: Uint8Array | undefined;
  readonly updates: readonly StoredUpdate[];
  /** The highest position of all. */
  readonly last: number;
  readonly updatedAt: Instant | undefined;
}

/** A part of a snapshot. */
interface Chunk {
  readonly state: Uint8Array;
  readonly version: number;
  /** How many parts its snapshot has. */
  readonly of: number;
}

/** Times that a snapshot is looked for whose head was visible before its parts, or after those of the next. */
const LOOKS = 5;
const PAUSE = 50;

/**
 * Reads a document. Changes come first: one that is removed after that is in the snapshot that is read then. Positions do not
 * matter for it, so one that is written late is found too.
 */
export async function readDocument(room: Room): Promise<StoredDocument> {
  for (let look = 1; ; look++) {
    const { items: updates } = await table.query<StoredUpdate>({
      partition: schema.documentUpdate.partition(docOf(room)),
      prefix: schema.documentUpdate.sortPrefix,
    });
    const head = await table.get<Head>(schema.documentHead.key(docOf(room)));
    const snapshot = head && (await readSnapshot(room, head));
    const last = Math.max(head?.position ?? 0, updates.at(-1)?.position ?? 0);
    const times = [...(head ? [head.updatedAt] : []), ...updates.map(({ at }) => at)];
    const updatedAt = times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined;
    if (head === undefined || snapshot) return { head, snapshot, updates, last, updatedAt };
    if (look === LOOKS) throw new Error(`Snapshot ${head.version} of a document lacks a part`);
    await clock.pause(PAUSE);
  }
}

/** The parts of a snapshot put together; undefined when one of them is of another one, or cannot be seen. */
async function readSnapshot(room: Room, { minute, chunks, version }: Head): Promise<Uint8Array | undefined> {
  const keys = Array.from({ length: chunks }, (_, chunk) =>
    schema.documentSnapshot.key({ ...docOf(room), minute, chunk }),
  );
  const rows = await table.load<Chunk>(keys);
  const parts = rows.flatMap((row) => (row?.version === version ? [row.state] : []));
  return parts.length === chunks ? Buffer.concat(parts) : undefined;
}

/** What the document's own counter says after it gave out a position. */
interface Sequence {
  readonly last: number;
  /** The minute for which a snapshot was asked last. */
  readonly asked?: number;
}

/** Stores a change under the next position, and tells whether somebody has asked for this minute's snapshot. */
export async function storeUpdate(
  room: Room,
  change: Omit<StoredUpdate, 'position'>,
  minute: number,
): Promise<{ readonly position: number; readonly isAsked: boolean }> {
  const row = await table.update<Sequence>(schema.documentSequence.key(docOf(room)), { add: { last: 1 } });
  if (row === undefined) throw new Error('The counter of a document has no answer');
  const { last: position, asked } = row;
  // The number is ours alone: one that is there already is our own, whose answer was lost.
  await table.putNew({ ...schema.documentUpdate.key({ ...docOf(room), position }), ...change, position });
  return { position, isAsked: asked === minute };
}

/** Notes that a snapshot was asked for in this minute. */
export async function noteAsked(room: Room, minute: number): Promise<void> {
  await table.update(schema.documentSequence.key(docOf(room)), { set: { asked: minute } });
}

/** Bytes in one item. */
const CHUNK = 300_000;

/**
 * Stores a snapshot as the newest, in the place of one of the same minute, if the newest is still the one that it was made from;
 * false when it is not.
 */
export async function storeSnapshot(
  room: Room,
  before: Head | undefined,
  { state, ...about }: Omit<Head, 'chunks' | 'version'> & { readonly state: Uint8Array },
): Promise<boolean> {
  const chunks = Math.ceil(state.length / CHUNK);
  const version = (before?.version ?? 0) + 1;
  const key = (chunk: number) => schema.documentSnapshot.key({ ...docOf(room), minute: about.minute, chunk });
  const replaced = before?.minute === about.minute ? before.chunks : 0;
  const { committed } = await table.transact([
    {
      put: { ...schema.documentHead.key(docOf(room)), ...about, chunks, version },
      ...(before ? { ifVersion: before.version } : { ifNew: true }),
    },
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

/** Items that are removed at the same time. */
const AT_ONCE = 50;

/** Removes changes that a snapshot has. */
export async function removeUpdates(room: Room, updates: readonly StoredUpdate[]): Promise<void> {
  for (const some of chunked(updates, { count: AT_ONCE, size: AT_ONCE, sizeOf: () => 1 }))
    await allDone(
      some.map(({ position }) => table.remove(schema.documentUpdate.key({ ...docOf(room), position }))),
    );
}

/** The document of a room is called as its incident. */
const docOf = ({ org, incident }: Room) => ({ org, doc: incident });
