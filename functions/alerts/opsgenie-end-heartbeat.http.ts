import { alertsApi } from '../../shared/alerts/api.ts';
import { outlined } from './entrances/opsgenie-words.ts';
import { endHeartbeatNow } from './new-heartbeat.ts';
import { heartbeatNamed, opsgenieVerb } from './opsgenie-heartbeats.ts';

/** Removes a heartbeat. */
export const opsgenieEndHeartbeat = opsgenieVerb(
  alertsApi['opsgenie-end-heartbeat'],
  async ({ org, name, now, requestId }) => {
    const heartbeat = await heartbeatNamed(org, name);
    await endHeartbeatNow(org, heartbeat, now);
    return outlined(200, 'Deleted', heartbeat, now, requestId);
  },
);
