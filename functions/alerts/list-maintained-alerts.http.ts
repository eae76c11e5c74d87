import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { listHeld } from './held-alerts.ts';
import { loadQuiet } from './quiet-verbs.ts';

/** The alerts that a maintenance window held back. */
export const listMaintainedAlerts = verb({
  api: alertsApi['list-maintained-alerts'],
  run: async ({ ctx: { org }, params: { id }, query }) =>
    listHeld(org, await loadQuiet(org, 'maintenance', id, clock.now()), query),
});
