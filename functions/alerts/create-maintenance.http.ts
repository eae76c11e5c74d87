import { alertsApi } from '../../shared/alerts/api.ts';
import { newMaintenance } from '../../shared/alerts/index.ts';
import { catalogueWarnings } from '../../shared/configuration/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { makeQuiet } from './quiet-verbs.ts';
import { viewMaintenance } from './quiet-view.ts';
import { servicesNamed } from './service-names.ts';

/** Makes a maintenance window, which holds from now on at the earliest. */
export const createMaintenance = verb({
  api: alertsApi['create-maintenance'],
  run: async ({ ctx: { org, actor }, body, attempt: { at, seed } }) => {
    const said = { ...body, services: servicesNamed(body.services) };
    const window = newMaintenance(idOf('maintenanceWindow', at, org, seed), said, { by: actor, now: at });
    // Read before anything is written, so that nothing fails behind it.
    const { body: inForce } = await loadConfiguration(org, tellLeftOut);
    const warnings = catalogueWarnings(inForce, window.services);
    await makeQuiet(org, window);
    return { ...viewMaintenance(window, at), ...(warnings.length > 0 && { warnings: [...warnings] }) };
  },
});
