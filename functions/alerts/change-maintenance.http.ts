import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { changeQuiet } from './quiet-verbs.ts';
import { viewMaintenance } from './quiet-view.ts';
import { servicesNamed } from './service-names.ts';

/** Changes a maintenance window that is not over. */
export const changeMaintenance = verb({
  api: alertsApi['change-maintenance'],
  run: async ({ ctx: { org }, params: { id }, body: { services, ...body } }) => {
    const change = { ...body, ...(services && { services: servicesNamed(services) }) };
    return viewMaintenance(await changeQuiet(org, 'maintenance', id, change), clock.now());
  },
});
