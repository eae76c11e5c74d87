import { alertsApi } from '../../shared/alerts/api.ts';
import { verb } from '../edge/verb.ts';
import { endQuiet } from './quiet-verbs.ts';

/** Ends a maintenance window now; doing it again changes nothing. */
export const endMaintenance = verb({
  api: alertsApi['end-maintenance'],
  run: async ({ ctx: { org, actor }, params: { id } }) => {
    await endQuiet(org, 'maintenance', id, actor);
    return undefined;
  },
});
