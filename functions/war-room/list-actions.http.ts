import { warRoomApi } from '../../shared/war-room/api.ts';
import { actionsIn } from '../../shared/war-room/index.ts';
import { loadRoom } from '../aws/room-parts.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { viewAction } from './action-view.ts';

/** The action items of an incident. */
export const listActions = verb({
  api: warRoomApi['list-actions'],
  run: async ({ ctx: { org }, params: { id: incident } }) => {
    await visibleIncident(org, incident);
    return { items: actionsIn(await loadRoom({ org, incident })).map(viewAction) };
  },
});
