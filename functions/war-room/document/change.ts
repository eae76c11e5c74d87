import { type Ctx, type Duration, MINUTE, Refusal, SECOND } from '../../../shared/kernel/index.ts';
import { applyChange, fromBase64 } from '../../../shared/war-room/api.ts';
import {
  type DocumentMessage,
  PROTOCOL_VERSION,
  type ServerMessageOf,
} from '../../../shared/war-room/index.ts';
import type { SnapshotMessage } from '../../../shared/wiring/index.ts';
import { allDone } from '../../aws/all-done.ts';
import { clock } from '../../aws/clock.ts';
import { noteAsked, type StoredUpdate, storeUpdate } from '../../aws/documents.ts';
import { sendTo } from '../../aws/queue.ts';
import { connectionsIn, type Room } from '../../aws/rooms.ts';
import { setting } from '../../aws/settings.ts';
import { admit } from '../admit.ts';
import { type LoadedDocument, loadDocument } from './load.ts';
import { tellChange } from './tell.ts';

type Change = Extract<DocumentMessage, { type: 'doc.update' }>;

/** Stores a change of the document, tells who looks at it, and answers at which position it is. */
export async function changeDocument(
  ctx: Ctx,
  { connectionId }: { readonly connectionId: string },
  { incident, id, update }: Change,
): Promise<ServerMessageOf<'doc.accepted'>> {
  const room: Room = { org: ctx.org, incident };
  const [{ actor }, rows, document] = await allDone([
    admit(ctx, { connectionId, incident }, 'room.write'),
    connectionsIn(room),
    loadDocument(room),
  ]);
  const change = applied(document, fromBase64(update));
  const others = rows.filter((row) => row.reads === true && row.connectionId !== connectionId);
  const accepted = { v: PROTOCOL_VERSION, type: 'doc.accepted', incident, id } as const;
  if (change === undefined) {
    // It came before; who stored it may have died before telling anybody.
    await tellChange(room, others, document.updates, document.last);
    return { ...accepted, position: document.last };
  }
  const stored = await store(room, { update: change, at: clock.now(), by: actor.id });
  if ((document.updates.length + 1) % MANY === 0) await askForSnapshot(room, 0);
  await tellChange(room, others, [...document.updates, stored], stored.position);
  return { ...accepted, position: stored.position };
}

/** Longest that a document with all its changes may keep the processor; only crafted ones come near. */
const LONGEST = 4 * SECOND;

/** Applies a change, unless the document would be too slow to open with it: then nobody could any more. */
function applied({ copy, took }: LoadedDocument, update: Uint8Array): Uint8Array | undefined {
  const begun = clock.now();
  const change = applyChange(copy, update);
  if (took + clock.now() - begun <= LONGEST) return change;
  throw new Refusal('limit', 'With this change the document would take too long to open.', 'update');
}

/** Stores a change. Who stores the first of a minute asks for its snapshot; two that are first together both do. */
async function store(room: Room, change: Omit<StoredUpdate, 'position'>): Promise<StoredUpdate> {
  const minute = Math.floor(change.at / MINUTE);
  const { position, isAsked } = await storeUpdate(room, change, minute);
  if (!isAsked) {
    await askForSnapshot(room, MINUTE);
    await noteAsked(room, minute);
  }
  return { ...change, position };
}

/** So many changes are read at every change; then a snapshot does not wait for its minute. */
const MANY = 200;

async function askForSnapshot(room: Room, delay: Duration): Promise<void> {
  const body: SnapshotMessage = { kind: 'snapshot', ...room };
  await sendTo(setting('roomQueue')).send([{ body, group: room.org, delaySeconds: delay / SECOND }]);
}
