import { alertsApi } from '../../shared/alerts/api.ts';
import { replanned } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { takeBeat } from './beat.ts';
import { outlined } from './entrances/opsgenie-words.ts';
import { opsgenieVerb, refuseOthers } from './opsgenie-heartbeats.ts';

/** Enables or disables a heartbeat. */
export const opsgenieSwitchHeartbeat = opsgenieVerb(
  alertsApi['opsgenie-switch-heartbeat'],
  async ({ org, integration, name, more, now, requestId }) => {
    if (more !== 'enable' && more !== 'disable')
      throw new Refusal(
        'not_found',
        `There is no '${more}' of a heartbeat; there are enable, disable and ping.`,
      );
    const enabled = more === 'enable';
    const changed = await takeBeat(org, name, now, (heartbeat) => {
      refuseOthers(heartbeat, integration);
      return replanned(heartbeat, { enabled }, now);
    });
    return outlined(200, enabled ? 'Enabled' : 'Disabled', changed, now, requestId);
  },
);
