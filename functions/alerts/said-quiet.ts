import { type MaintenanceWindow, type Silence, touchedBy } from '../../shared/alerts/index.ts';
import { catalogueWarnings } from '../../shared/configuration/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { firingAlerts } from '../aws/firing-alerts.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { viewMaintenance, viewSilence } from './quiet-view.ts';

/** A silence that was said just now, with what fits it already. */
export async function saidSilence(org: OrganisationId, silence: Silence, now: Instant) {
  const { alerts, isWhole } = await firingAlerts(org);
  return { ...viewSilence(silence, now), touches: { ...touchedBy(silence.matchers, alerts), isWhole } };
}

/** What is odd about the services of a maintenance window. */
export async function oddServices(org: OrganisationId, services: readonly string[]) {
  const { body } = await loadConfiguration(org, tellLeftOut);
  return catalogueWarnings(body, services);
}

/** A maintenance window that was said just now, with what is odd about it. */
export const saidMaintenance = (window: MaintenanceWindow, now: Instant, warnings: readonly string[]) => ({
  ...viewMaintenance(window, now),
  ...(warnings.length > 0 && { warnings: [...warnings] }),
});
