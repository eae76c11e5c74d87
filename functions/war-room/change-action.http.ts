import { warRoomApi } from '../../shared/war-room/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { changed, viewAction } from './action-view.ts';

/** Changes an action item from outside of the room. */
export const changeAction = verb({
  api: warRoomApi['change-action'],
  run: async ({ ctx: { org, actor }, params, body, attempt, cause }) => {
    const { id: incident, action } = params;
    const said = { type: 'action.change', action, ...body } as const;
    return viewAction(
      await changed({ org, incident }, said, { actor, now: clock.now(), cause, id: attempt.seed }),
    );
  },
});
