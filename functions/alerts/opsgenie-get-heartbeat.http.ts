import { alertsApi } from '../../shared/alerts/api.ts';
import { asOpsgenieHeartbeat } from '../../shared/alerts/index.ts';
import { found } from './entrances/opsgenie-words.ts';
import { heartbeatNamed, opsgenieVerb } from './opsgenie-heartbeats.ts';

/** One heartbeat. */
export const opsgenieGetHeartbeat = opsgenieVerb(
  alertsApi['opsgenie-get-heartbeat'],
  async ({ org, name, now, requestId }) =>
    found(asOpsgenieHeartbeat(await heartbeatNamed(org, name), now), requestId),
);
