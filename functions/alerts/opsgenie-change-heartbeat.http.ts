import { alertsApi } from '../../shared/alerts/api.ts';
import { replanned } from '../../shared/alerts/index.ts';
import { takeBeat } from './beat.ts';
import { outlined } from './entrances/opsgenie-words.ts';
import { heartbeatNamed, opsgenieVerb, planIn, refuseOthers } from './opsgenie-heartbeats.ts';

/** Changes a heartbeat. */
export const opsgenieChangeHeartbeat = opsgenieVerb(
  alertsApi['opsgenie-change-heartbeat'],
  async ({ org, integration, name, body, now, requestId }) => {
    const known = await heartbeatNamed(org, name);
    refuseOthers(known, integration);
    const { plan } = planIn(body, known);
    const changed = await takeBeat(org, name, now, (heartbeat) => {
      refuseOthers(heartbeat, integration);
      return replanned(heartbeat, plan, now);
    });
    return outlined(200, 'Updated', changed, now, requestId);
  },
);
