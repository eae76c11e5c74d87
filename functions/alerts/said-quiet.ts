import {
  type MaintenanceWindow,
  type Quiet,
  type Silence,
  seemsAbout,
  touchedBy,
} from '../../shared/alerts/index.ts';
import { type Configuration, catalogueWarnings, unseenWarnings } from '../../shared/configuration/index.ts';
import { firingIn, subjectUnder } from '../../shared/detection/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { firingAlerts } from '../aws/firing-alerts.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { viewMaintenance, viewSilence } from './quiet-view.ts';

/** A silence that was said just now, with what fits it already. */
export async function saidSilence(org: OrganisationId, silence: Silence, now: Instant) {
  return { ...viewSilence(silence, now), touches: (await lookAround(org, silence)).touches };
}

/** A maintenance window that was said just now, with what fits it already and what is odd about it. */
export async function saidMaintenance(org: OrganisationId, window: MaintenanceWindow, now: Instant) {
  const { touches, seen, body } = await lookAround(org, window);
  const warnings = oddServices(body, window.services, seen);
  return {
    ...{ ...viewMaintenance(window, now), touches },
    ...(warnings.length > 0 && { warnings: [...warnings] }),
  };
}

/** What it is about of what fires in open incidents, as the rules in force leave alerts; and of which services what is open is. */
async function lookAround(org: OrganisationId, quiet: Quiet) {
  const [{ alerts, services, isWhole, lookedAt }, { body }] = await allDone([
    firingAlerts(org, ({ service }) => seemsAbout(quiet, service)),
    loadConfiguration(org, tellLeftOut),
  ]);
  const firing = alerts.map(({ head, incident }) => ({
    ...{ fingerprint: head.fingerprint, incident },
    ...subjectUnder(body.rules, firingIn(head)),
  }));
  const touches = { ...touchedBy(quiet, firing), isWhole, ...(!isWhole && { lookedAt }) };
  return {
    touches,
    body,
    seen: [...services, ...firing.flatMap(({ fields: { service } }) => service ?? [])],
  };
}

const oddServices = (body: Configuration, services: readonly string[], seen: readonly string[]) =>
  body.services.length > 0 ? catalogueWarnings(body, services) : unseenWarnings(services, seen);
