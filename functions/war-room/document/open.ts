import { type Ctx, Refusal } from '../../../shared/kernel/index.ts';
import { fromBase64, missingFrom, partsOf, toBase64 } from '../../../shared/war-room/api.ts';
import {
  type DocumentMessage,
  documentLimits,
  PROTOCOL_VERSION,
  type ServerMessageOf,
} from '../../../shared/war-room/index.ts';
import { markReading, type Room } from '../../aws/rooms.ts';
import { packed, postTo } from '../../aws/sockets.ts';
import { logFault } from '../../edge/errors.ts';
import { admit } from '../admit.ts';
import { loadDocument } from './load.ts';

type Open = Extract<DocumentMessage, { type: 'doc.open' }>;
type State = ServerMessageOf<'doc.state'>;

/**
 * Shows a connection the document: gives what its copy lacks, the last part as the answer. It is marked first, so that no change
 * falls in between.
 */
export async function openDocument(
  ctx: Ctx,
  { connectionId }: { readonly connectionId: string },
  { incident, id, have }: Open,
): Promise<State | undefined> {
  const room: Room = { org: ctx.org, incident };
  await admit(ctx, { connectionId, incident }, 'room.join');
  if (!(await markReading(room, connectionId, true)))
    throw new Refusal('invalid', 'This connection is not in that room; join it first.');
  const { copy, last } = await loadDocument(room);
  const parts = partsOf(missingFrom(copy, fromBase64(have)), documentLimits.partBytes);
  const frames = parts.map((part, i): State => {
    const named = { v: PROTOCOL_VERSION, type: 'doc.state', incident, id } as const;
    return { ...named, part: i, of: parts.length, data: toBase64(part), last };
  });
  for (const frame of frames.slice(0, -1)) if (!(await isTold(connectionId, frame))) return undefined;
  return frames.at(-1);
}

/** Parts follow each other; after one that is lost the client asks anew. */
async function isTold(connectionId: string, frame: State): Promise<boolean> {
  const posted = await postTo(connectionId, packed(frame));
  if (posted.outcome === 'failed') logFault(posted.error, 'socket frame');
  return posted.outcome === 'sent';
}
