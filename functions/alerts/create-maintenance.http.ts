import { alertsApi } from '../../shared/alerts/api.ts';
import { newMaintenance } from '../../shared/alerts/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { verb } from '../edge/verb.ts';
import { makeQuiet } from './quiet-verbs.ts';
import { oddServices, saidMaintenance } from './said-quiet.ts';
import { servicesNamed } from './service-names.ts';

/** Makes a maintenance window, which holds from now on at the earliest. */
export const createMaintenance = verb({
  api: alertsApi['create-maintenance'],
  run: async ({ ctx: { org, actor }, body, attempt: { at, seed } }) => {
    const said = { ...body, services: servicesNamed(body.services) };
    const window = newMaintenance(idOf('maintenanceWindow', at, org, seed), said, { by: actor, now: at });
    // Read before anything is written, so that nothing fails behind it.
    const warnings = await oddServices(org, window.services);
    await makeQuiet(org, window);
    return saidMaintenance(window, at, warnings);
  },
});
