import { alertsApi } from '../../shared/alerts/api.ts';
import { replanned } from '../../shared/alerts/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { takeBeat } from './beat.ts';
import { planOf, viewHeartbeat } from './heartbeat-view.ts';

/** Changes what is expected of a heartbeat. */
export const changeHeartbeat = verb({
  api: alertsApi['change-heartbeat'],
  run: async ({ ctx: { org }, params: { name }, body }) => {
    const now = clock.now();
    const plan = planOf(body);
    return viewHeartbeat(await takeBeat(org, name, now, (heartbeat) => replanned(heartbeat, plan, now)), now);
  },
});
