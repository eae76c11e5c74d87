import { alertsApi } from '../../shared/alerts/api.ts';
import { replanned } from '../../shared/alerts/index.ts';
import { takeBeat } from './beat.ts';
import { outlined } from './entrances/opsgenie-words.ts';
import { heartbeatNamed, opsgenieVerb, planIn } from './opsgenie-heartbeats.ts';

/** Changes a heartbeat. */
export const opsgenieChangeHeartbeat = opsgenieVerb(
  alertsApi['opsgenie-change-heartbeat'],
  async ({ org, name, body, now, requestId }) => {
    const { plan } = planIn(body, await heartbeatNamed(org, name));
    const changed = await takeBeat(org, name, now, (heartbeat) => replanned(heartbeat, plan, now));
    return outlined(200, 'Updated', changed, now, requestId);
  },
);
