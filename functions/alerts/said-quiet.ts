import { type MaintenanceWindow, type Silence, touchedBy } from '../../shared/alerts/index.ts';
import { catalogueWarnings } from '../../shared/configuration/index.ts';
import { firingIn, subjectUnder } from '../../shared/detection/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { firingAlerts } from '../aws/firing-alerts.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { viewMaintenance, viewSilence } from './quiet-view.ts';

/** A silence that was said just now, with what fits it already: as the rules in force leave it, as silences see alerts. */
export async function saidSilence(org: OrganisationId, silence: Silence, now: Instant) {
  const [{ alerts, isWhole }, { body }] = await allDone([
    firingAlerts(org),
    loadConfiguration(org, tellLeftOut),
  ]);
  const firing = alerts.map(({ head, incident }) => ({
    ...{ fingerprint: head.fingerprint, incident },
    ...subjectUnder(body.rules, firingIn(head)),
  }));
  return { ...viewSilence(silence, now), touches: { ...touchedBy(silence.matchers, firing), isWhole } };
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
