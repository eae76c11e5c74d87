import { warRoomApi } from '../../shared/war-room/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { changed, viewAction } from './action-view.ts';

/** Adds an action item from outside of the room. */
export const addAction = verb({
  api: warRoomApi['add-action'],
  run: async ({ ctx: { org, actor }, params, body, attempt, cause }) => {
    const { text, assignee, due, clientMessageId } = body;
    const said = { type: 'action.add', text, ...(assignee && { assignee }), ...(due && { due }) } as const;
    const once = clientMessageId === undefined ? {} : { clientMessageId };
    const recording = { actor, now: clock.now(), cause, id: clientMessageId ?? attempt.seed, ...once };
    return viewAction(await changed({ org, incident: params.id }, said, recording));
  },
});
