import { alertsApi } from '../../shared/alerts/api.ts';
import { setting } from '../aws/settings.ts';
import { verb } from '../edge/verb.ts';
import { planOf, viewHeartbeat } from './heartbeat-view.ts';
import { newHeartbeat } from './new-heartbeat.ts';

/** Makes a heartbeat: nothing is expected of it until it calls for the first time. */
export const createHeartbeat = verb({
  api: alertsApi['create-heartbeat'],
  run: async ({ ctx: { org }, body: { name, ...said }, attempt: { at, seed } }) => {
    const { interval = 0, ...plan } = planOf(said);
    const { heartbeat, secret } = await newHeartbeat(org, { name, plan: { ...plan, interval }, at, seed });
    const base = setting('alertsUrl').replace(/\/+$/, '');
    return { ...viewHeartbeat(heartbeat, at), url: `${base}/heartbeats/${secret}` };
  },
});
