import type * as Y from 'yjs';
import { putConnection } from '../../functions/aws/connections.ts';
import { readDocument } from '../../functions/aws/documents.ts';
import { joinRoom, markReading, type Room } from '../../functions/aws/rooms.ts';
import { documentOf, textOf, toBase64 } from '../../shared/war-room/api.ts';
import { changeOf, copyOf } from './document-copy.ts';
import { ctxOf, newOrg, openIncident, type RoomWorld } from './room-world.ts';

let next = 0;

/** So many more who look at the document of a room. */
export async function crowd(place: Room, count: number): Promise<void> {
  const { actor } = ctxOf(place.org);
  const enter = async (connectionId: string) => {
    await putConnection(connectionId, ctxOf(place.org));
    await joinRoom(place, connectionId, actor);
    await markReading(place, connectionId, true);
  };
  await Promise.all(Array.from({ length: count }, (_, i) => enter(`crowd-${next++}-${i}`)));
}

/** A room with Ann and Bob before its document. */
export async function enterRoom(world: RoomWorld) {
  const org = newOrg();
  const incident = await openIncident(org);
  const ann = await world.person(ctxOf(org));
  const bob = await world.person(ctxOf(org, 'viewer', 'Bob'));
  const about = { v: 1, incident } as const;
  for (const { say } of [ann, bob]) {
    await say({ ...about, type: 'join', after: 0 });
    await say({ ...about, type: 'doc.open', id: 'question-1' });
  }
  world.gateway.resetHistory();
  const copy = copyOf(100 + next++);
  const send = (update: Uint8Array, id = `change-${next++}`) =>
    ann.say({ ...about, type: 'doc.update', id, update: toBase64(update) });
  const write = (text: string) => send(changeOf(copy, (shared) => shared.insert(shared.length, text)));
  const stored = async () => textOf(documentIn(await readDocument({ org, incident })));
  return { org, incident, ann, bob, about, copy, send, write, stored };
}

export const documentIn = ({ snapshot, updates }: Awaited<ReturnType<typeof readDocument>>): Y.Doc =>
  documentOf([...(snapshot ? [snapshot] : []), ...updates.map(({ update }) => update)]);
