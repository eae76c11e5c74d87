import { alertsApi } from '../../shared/alerts/api.ts';
import { pinged } from '../../shared/alerts/index.ts';
import { takeBeat } from './beat.ts';
import { pong } from './entrances/opsgenie-words.ts';
import { opsgenieVerb } from './opsgenie-heartbeats.ts';

/** The call of a heartbeat, answered only when it is stored. */
export const opsgeniePing = opsgenieVerb(
  alertsApi['opsgenie-ping'],
  async ({ org, name, now, requestId }) => {
    await takeBeat(org, name, now, (heartbeat) => pinged(heartbeat, now));
    return pong(requestId);
  },
);
