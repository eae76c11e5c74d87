import { type Ctx, impossible } from '../../../shared/kernel/index.ts';
import type { DocumentMessage, ServerMessage } from '../../../shared/war-room/index.ts';
import { markReading } from '../../aws/rooms.ts';
import { changeDocument } from './change.ts';
import { tellCursor } from './cursor.ts';
import { openDocument } from './open.ts';

/** Carries out a message about the document of a room. */
export async function carryOutInDocument(
  ctx: Ctx,
  from: { readonly connectionId: string },
  message: DocumentMessage,
): Promise<ServerMessage | undefined> {
  switch (message.type) {
    case 'doc.open':
      return openDocument(ctx, from, message);
    case 'doc.update':
      return changeDocument(ctx, from, message);
    case 'doc.cursor':
      await tellCursor(ctx, from.connectionId, message);
      return undefined;
    case 'doc.close':
      await markReading({ org: ctx.org, incident: message.incident }, from.connectionId, false);
      return undefined;
    default:
      return impossible(message);
  }
}
