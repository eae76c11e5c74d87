import * as z from 'zod';
import { idText } from '../../shared/api/index.ts';
import {
  type AwayMessage,
  functions,
  type SnapshotMessage,
  type ToldMessage,
} from '../../shared/wiring/index.ts';
import { readSettings } from '../aws/settings.ts';
import { queueWorker } from '../edge/queue.ts';
import { snapshotDocument } from './document/snapshot.ts';
import { recordLeaving } from './leaving.ts';
import { recordTold } from './told.ts';

readSettings(functions.Tidy.env);

const room = { org: idText('organisation'), incident: idText('incident') };
const fact = z.looseObject({ type: z.literal('status.told') });
const messages = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('away'), ...room, actor: z.string().min(1) }),
  z.object({ kind: z.literal('snapshot'), ...room }),
  z.object({ kind: z.literal('told'), ...room, actor: z.looseObject({}), cause: z.looseObject({}), fact }),
]);

type Message = AwayMessage | SnapshotMessage | ToldMessage;

/** What is in the fact of `told` was made by the fan-out of the same program, or of one before: only its frame is looked at. */
const parse = (body: unknown): Message => messages.parse(body) as Message;

/** Does what follows in rooms a while later. */
export const handler = queueWorker(parse, (message) => {
  switch (message.kind) {
    case 'away':
      return recordLeaving(message);
    case 'snapshot':
      return snapshotDocument(message);
    case 'told':
      return recordTold(message);
  }
});
