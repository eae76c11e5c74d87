import { alertsApi } from '../../shared/alerts/api.ts';
import { outlined } from './entrances/opsgenie-words.ts';
import { newHeartbeat } from './new-heartbeat.ts';
import { opsgenieVerb, planIn } from './opsgenie-heartbeats.ts';

/** Makes a heartbeat. Its own address is shown to nobody: it is called by its name. */
export const opsgenieCreateHeartbeat = opsgenieVerb(
  alertsApi['opsgenie-create-heartbeat'],
  async ({ org, integration, body, now, seed, requestId }) => {
    const { name, plan } = planIn(body);
    const { heartbeat } = await newHeartbeat(org, { name, plan, at: now, seed, madeBy: integration });
    return outlined(201, 'Created', heartbeat, now, requestId);
  },
);
