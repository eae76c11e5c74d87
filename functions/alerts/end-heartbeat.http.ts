import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { readHeartbeat } from '../aws/heartbeats.ts';
import { verb } from '../edge/verb.ts';
import { noHeartbeat } from './heartbeat-view.ts';
import { endHeartbeatNow } from './new-heartbeat.ts';

/** Ends a heartbeat, and first its alert. */
export const endHeartbeat = verb({
  api: alertsApi['end-heartbeat'],
  run: async ({ ctx: { org }, params: { name } }) => {
    const heartbeat = await readHeartbeat(org, name);
    if (heartbeat === undefined) throw noHeartbeat(name);
    await endHeartbeatNow(org, heartbeat, clock.now());
    return undefined;
  },
});
