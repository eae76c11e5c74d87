import { type Instant, MINUTE, minuteOf, Refusal, toText } from '../../../shared/kernel/index.ts';
import { findSnapshot, readSnapshot } from '../../aws/document-snapshots.ts';
import type { Room } from '../../aws/rooms.ts';
import { copyOf } from './load.ts';

/** The name of a minute in the API: the time at which it begins. */
export const minuteText = (minute: number): string => toText(minute * MINUTE);

/** The document as the snapshot of a minute has it; undefined when there is none. */
export async function loadMinute(room: Room, at: Instant) {
  const kept = await findSnapshot(room, minuteOf(at));
  if (kept === undefined) return undefined;
  const snapshot = await readSnapshot(room, kept);
  // It is being replaced by a newer one of the same minute, this moment.
  if (snapshot === undefined)
    throw new Refusal('unavailable', 'This snapshot is just being made. Try again.');
  return { copy: copyOf({ snapshot, updates: [] }), updatedAt: kept.updatedAt };
}
