import { toText } from '../../shared/kernel/index.ts';
import { textOf, warRoomApi } from '../../shared/war-room/api.ts';
import { allDone } from '../aws/all-done.ts';
import { sha256 } from '../aws/random.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { loadDocument } from './document/load.ts';

/** The shared document of an incident; its ETag is that of the text. */
export const getDocument = verb({
  api: warRoomApi['get-document'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const [, { copy, updatedAt }] = await allDone([
      visibleIncident(org, id),
      loadDocument({ org, incident: id }),
    ]);
    const text = textOf(copy);
    const body = { text, ...(updatedAt !== undefined && { updatedAt: toText(updatedAt) }) };
    return reply(200, body, { etag: `"${sha256(text).slice(0, 32)}"` });
  },
});
