import type { Instant } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { chunked } from './chunked.ts';
import { clock } from './clock.ts';
import { docOf, readSnapshot, type SnapshotHead } from './document-snapshots.ts';
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

/** A document as it is stored: its newest snapshot, and all changes that may not be in it. */
export interface StoredDocument {
  readonly head: SnapshotHead | undefined;
  readonly snapshot: Uint8Array | undefined;
  readonly updates: readonly StoredUpdate[];
  /** The highest position of all. */
  readonly last: number;
  readonly updatedAt: Instant | undefined;
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
    const head = await table.get<SnapshotHead>(schema.documentHead.key(docOf(room)));
    const snapshot = head && (await readSnapshot(room, head));
    const last = Math.max(head?.position ?? 0, updates.at(-1)?.position ?? 0);
    const times = [...(head ? [head.updatedAt] : []), ...updates.map(({ at }) => at)];
    const updatedAt = times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined;
    if (head === undefined || snapshot) return { head, snapshot, updates, last, updatedAt };
    if (look === LOOKS) throw new Error(`Snapshot ${head.version} of a document lacks a part`);
    await clock.pause(PAUSE);
  }
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

/** Items that are removed at the same time. */
const AT_ONCE = 50;

/** Removes changes that a snapshot has. */
export async function removeUpdates(room: Room, updates: readonly StoredUpdate[]): Promise<void> {
  for (const some of chunked(updates, { count: AT_ONCE, size: AT_ONCE, sizeOf: () => 1 }))
    await allDone(
      some.map(({ position }) => table.remove(schema.documentUpdate.key({ ...docOf(room), position }))),
    );
}
