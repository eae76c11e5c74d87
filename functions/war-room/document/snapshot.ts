import { minuteOf } from '../../../shared/kernel/index.ts';
import { stateOf } from '../../../shared/war-room/api.ts';
import { clock } from '../../aws/clock.ts';
import { storeSnapshot } from '../../aws/document-snapshots.ts';
import { readDocument, removeUpdates } from '../../aws/documents.ts';
import type { Room } from '../../aws/rooms.ts';
import { NotNow } from '../../edge/queue.ts';
import { copyOf } from './load.ts';

/** Changes that one run takes; others are left for the next. */
const MOST = 3_000;

/**
 * Makes the snapshot of this minute from the newest and the changes since, and removes exactly those changes. What is written
 * meanwhile, at whatever position, stays beside it.
 */
export async function snapshotDocument(room: Room): Promise<void> {
  const document = await readDocument(room);
  const updates = document.updates.slice(0, MOST);
  const [first] = updates;
  if (first === undefined) return;
  const { head, snapshot } = document;
  // Clocks differ a little: what was made before is not of a later minute.
  const minute = Math.max(head?.minute ?? 0, minuteOf(clock.now()));
  const state = stateOf(copyOf({ snapshot, updates }));
  const known = [...(head ? [{ position: head.position, at: head.updatedAt }] : []), ...updates];
  const position = known.reduce((most, one) => Math.max(most, one.position), 0);
  const updatedAt = known.reduce((latest, { at }) => Math.max(latest, at), 0);
  if (!(await storeSnapshot(room, head, { minute, position, updatedAt, state })))
    throw new NotNow('another worker made a snapshot of the document');
  await removeUpdates(room, updates);
}
