import { alertsApi } from '../../shared/alerts/api.ts';
import { outlined } from './entrances/opsgenie-words.ts';
import { endHeartbeatNow } from './new-heartbeat.ts';
import { heartbeatNamed, opsgenieVerb, refuseOthers } from './opsgenie-heartbeats.ts';

/** Removes a heartbeat. */
export const opsgenieEndHeartbeat = opsgenieVerb(
  alertsApi['opsgenie-end-heartbeat'],
  async ({ org, integration, name, now, requestId }) => {
    const heartbeat = await heartbeatNamed(org, name);
    refuseOthers(heartbeat, integration);
    await endHeartbeatNow(org, heartbeat, now);
    return outlined(200, 'Deleted', heartbeat, now, requestId);
  },
);
