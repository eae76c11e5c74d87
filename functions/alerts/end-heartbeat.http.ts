import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { loadHeartbeat } from './load-heartbeat.ts';
import { endHeartbeatNow } from './new-heartbeat.ts';

/** Ends a heartbeat, and first its alert. */
export const endHeartbeat = verb({
  api: alertsApi['end-heartbeat'],
  run: async ({ ctx: { org }, params: { name } }) => {
    const heartbeat = await loadHeartbeat(org, name);
    await endHeartbeatNow(org, heartbeat, clock.now());
    return undefined;
  },
});
