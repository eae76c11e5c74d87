import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { changeQuiet } from './quiet-verbs.ts';
import { saidMaintenance } from './said-quiet.ts';
import { servicesNamed } from './service-names.ts';

/** Changes a maintenance window that is not over. */
export const changeMaintenance = verb({
  api: alertsApi['change-maintenance'],
  run: async ({ ctx, params: { id }, body: { services, ...body } }) => {
    const change = { ...body, ...(services && { services: servicesNamed(services) }) };
    const window = await changeQuiet(ctx, 'maintenance', id, change);
    return saidMaintenance(ctx.org, window, clock.now());
  },
});
