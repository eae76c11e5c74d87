import { alertsApi } from '../../shared/alerts/api.ts';
import { ended } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { readHeartbeat, removeHeartbeat } from '../aws/heartbeats.ts';
import { verb } from '../edge/verb.ts';
import { tell } from './beat.ts';
import { noHeartbeat } from './heartbeat-view.ts';

/** Ends a heartbeat, and first its alert. */
export const endHeartbeat = verb({
  api: alertsApi['end-heartbeat'],
  run: async ({ ctx: { org }, params: { name } }) => {
    const heartbeat = await readHeartbeat(org, name);
    if (heartbeat === undefined) throw noHeartbeat(name);
    const now = clock.now();
    const signal = ended(heartbeat, now);
    if (signal !== undefined) await tell(org, heartbeat, signal, now);
    if (!(await removeHeartbeat(org, heartbeat))) {
      throw new Refusal('unavailable', 'It changes just now; try again.');
    }
    return undefined;
  },
});
