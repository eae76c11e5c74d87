import { alertsApi } from '../../shared/alerts/api.ts';
import { newMaintenance } from '../../shared/alerts/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { verb } from '../edge/verb.ts';
import { makeQuiet } from './quiet-verbs.ts';
import { saidMaintenance } from './said-quiet.ts';
import { servicesNamed } from './service-names.ts';

/** Makes a maintenance window, which holds from now on at the earliest. */
export const createMaintenance = verb({
  api: alertsApi['create-maintenance'],
  run: async ({ ctx: { org, actor }, body, attempt: { at, seed } }) => {
    const wish = { ...body, services: servicesNamed(body.services) };
    const window = newMaintenance(idOf('maintenanceWindow', at, org, seed), wish, { by: actor, now: at });
    // Looked at before anything is written, so that nothing fails behind it.
    const said = await saidMaintenance(org, window, at);
    await makeQuiet(org, window);
    return said;
  },
});
