import { toText } from '../../shared/kernel/index.ts';
import { warRoomApi } from '../../shared/war-room/api.ts';
import { allDone } from '../aws/all-done.ts';
import { listSnapshots } from '../aws/document-snapshots.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { minuteText } from './document/minute.ts';

/** The minutes of which there is a snapshot of an incident's document, a page at a time. */
export const listDocumentSnapshots = verb({
  api: warRoomApi['list-document-snapshots'],
  run: async ({ ctx: { org }, params: { id: incident }, query: { limit, cursor } }) => {
    const listing = { org, of: { list: 'document-snapshots', incident } };
    const after = cursor === undefined ? undefined : readCursor(listing, cursor);
    const [, { items, next }] = await allDone([
      visibleIncident(org, incident),
      listSnapshots({ org, incident }, { limit, ...(after && { after }) }),
    ]);
    return {
      items: items.map(({ minute, updatedAt }) => ({
        minute: minuteText(minute),
        updatedAt: toText(updatedAt),
      })),
      ...(next && { next: writeCursor(listing, next) }),
    };
  },
});
