import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { readHeartbeat } from '../aws/heartbeats.ts';
import { verb } from '../edge/verb.ts';
import { noHeartbeat, viewHeartbeat } from './heartbeat-view.ts';

/** One heartbeat. */
export const getHeartbeat = verb({
  api: alertsApi['get-heartbeat'],
  run: async ({ ctx: { org }, params: { name } }) => {
    const heartbeat = await readHeartbeat(org, name);
    if (heartbeat === undefined) throw noHeartbeat(name);
    return viewHeartbeat(heartbeat, clock.now());
  },
});
