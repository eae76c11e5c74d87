import * as z from 'zod';
import { idText } from '../../shared/api/index.ts';
import { type AwayMessage, functions, type SnapshotMessage } from '../../shared/wiring/index.ts';
import { readSettings } from '../aws/settings.ts';
import { queueWorker } from '../edge/queue.ts';
import { snapshotDocument } from './document/snapshot.ts';
import { recordLeaving } from './leaving.ts';

readSettings(functions.Tidy.env);

const room = { org: idText('organisation'), incident: idText('incident') };
const messages = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('away'), ...room, actor: z.string().min(1) }),
  z.object({ kind: z.literal('snapshot'), ...room }),
]);

const parse = (body: unknown): AwayMessage | SnapshotMessage => messages.parse(body);

/** Does what follows in rooms a while later. */
export const handler = queueWorker(parse, (message) =>
  message.kind === 'away' ? recordLeaving(message) : snapshotDocument(message),
);
