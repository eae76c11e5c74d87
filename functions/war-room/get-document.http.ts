import { Refusal, toText } from '../../shared/kernel/index.ts';
import { textOf, warRoomApi } from '../../shared/war-room/api.ts';
import { allDone } from '../aws/all-done.ts';
import { sha256 } from '../aws/random.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { loadDocument } from './document/load.ts';
import { loadMinute } from './document/minute.ts';

/** The shared document of an incident, now or as it was kept; its ETag is that of the text. */
export const getDocument = verb({
  api: warRoomApi['get-document'],
  run: async ({ ctx: { org }, params: { id: incident }, query: { minute } }) => {
    const room = { org, incident };
    const [, found] = await allDone([
      visibleIncident(org, incident),
      minute === undefined ? loadDocument(room) : loadMinute(room, minute),
    ]);
    if (found === undefined) throw noSnapshot();
    const { copy, updatedAt } = found;
    const text = textOf(copy);
    const body = { text, ...(updatedAt !== undefined && { updatedAt: toText(updatedAt) }) };
    return reply(200, body, { etag: `"${sha256(text).slice(0, 32)}"` });
  },
});

const noSnapshot = () =>
  new Refusal(
    'not_found',
    'The document has no snapshot of that minute; ask /document/snapshots for the minutes that have one.',
    'query.minute',
  );
