import { toBase64 } from '../../../shared/war-room/api.ts';
import { limits, PROTOCOL_VERSION, type ServerMessageOf } from '../../../shared/war-room/index.ts';
import { clock } from '../../aws/clock.ts';
import type { StoredUpdate } from '../../aws/documents.ts';
import type { Room, RoomRow } from '../../aws/rooms.ts';
import { tellAfter } from '../pace.ts';
import { pushTo } from '../push.ts';

type Told = ServerMessageOf<'doc.updates'>['updates'][number];

/** Bytes of a frame around its changes. */
const AROUND = 500;

/** Pushes the change at a position, with those before it that were not pushed yet. Whoever misses one asks. */
export async function tellChange(
  room: Room,
  rows: readonly RoomRow[],
  updates: readonly StoredUpdate[],
  position: number,
): Promise<void> {
  if (rows.length === 0) return;
  const after = tellAfter(room, rows.length, { seq: position, at: clock.now() });
  if (after === undefined) return;
  const newest = updates.filter((one) => one.position > after && one.position <= position);
  const told = fitting(
    newest.map(({ position: at, update }) => ({ position: at, update: toBase64(update) })),
  );
  if (told.length === 0) return;
  const { incident } = room;
  await pushTo(room, rows, { v: PROTOCOL_VERSION, type: 'doc.updates', incident, updates: told });
}

/** The last of them that fit into one frame. */
function fitting(updates: readonly Told[]): Told[] {
  let bytes = AROUND;
  const reversed = updates.toReversed();
  const end = reversed.findIndex((one) => {
    bytes += JSON.stringify(one).length + 1;
    return bytes > limits.frameBytes;
  });
  return (end === -1 ? reversed : reversed.slice(0, end)).reverse();
}
