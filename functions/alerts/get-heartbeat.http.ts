import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { viewHeartbeat } from './heartbeat-view.ts';
import { loadHeartbeat } from './load-heartbeat.ts';

/** One heartbeat. */
export const getHeartbeat = verb({
  api: alertsApi['get-heartbeat'],
  run: async ({ ctx: { org }, params: { name } }) => {
    const heartbeat = await loadHeartbeat(org, name);
    return viewHeartbeat(heartbeat, clock.now());
  },
});
