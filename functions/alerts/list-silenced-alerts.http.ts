import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { listHeld } from './held-alerts.ts';
import { loadQuiet } from './quiet-verbs.ts';

/** The alerts that a silence held back. */
export const listSilencedAlerts = verb({
  api: alertsApi['list-silenced-alerts'],
  run: async ({ ctx: { org }, params: { id }, query }) =>
    listHeld(org, await loadQuiet(org, 'silence', id, clock.now()), query),
});
