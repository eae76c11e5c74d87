import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { readHeartbeats } from '../aws/heartbeats.ts';
import { verb } from '../edge/verb.ts';
import { viewHeartbeat } from './heartbeat-view.ts';

/** What must call every so often. */
export const listHeartbeats = verb({
  api: alertsApi['list-heartbeats'],
  run: async ({ ctx: { org } }) => {
    const now = clock.now();
    return { items: (await readHeartbeats(org)).map((heartbeat) => viewHeartbeat(heartbeat, now)) };
  },
});
