import { alertsApi } from '../../shared/alerts/api.ts';
import { asOpsgenieHeartbeat } from '../../shared/alerts/index.ts';
import { readHeartbeats } from '../aws/heartbeats.ts';
import { found } from './entrances/opsgenie-words.ts';
import { opsgenieVerb } from './opsgenie-heartbeats.ts';

/** All heartbeats. */
export const opsgenieListHeartbeats = opsgenieVerb(
  alertsApi['opsgenie-list-heartbeats'],
  async ({ org, now, requestId }) => {
    const heartbeats = await readHeartbeats(org);
    return found({ heartbeats: heartbeats.map((one) => asOpsgenieHeartbeat(one, now)) }, requestId);
  },
);
