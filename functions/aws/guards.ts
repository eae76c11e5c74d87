import {
  closed,
  emptyGuard,
  type Guard,
  isOpenWindow,
  reopened,
  windowOf,
  withoutWindow,
  withWindow,
} from '../../shared/detection/index.ts';
import { type Incident, isOpen } from '../../shared/incidents/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { table, type Write } from './table.ts';

export const guardKey = (org: OrganisationId, hash: string) => schema.correlationGuard.key({ org, hash });

/** The guard of a correlation key, read consistently; an empty one when nothing is known of it. */
export async function loadGuard(org: OrganisationId, hash: string): Promise<Guard> {
  const row = await table.get(guardKey(org, hash));
  return row ? stored<Guard>(row) : emptyGuard(hash);
}

/** Puts a guard at the version that was read. */
export function guardWrite(org: OrganisationId, guard: Guard): Write {
  const row = { ...guardKey(org, guard.hash), kind: 'guard', ...guard, version: guard.version + 1 };
  return { put: row, ...(guard.version === 0 ? { ifNew: true } : { ifVersion: guard.version }) };
}

/** The guard after a person closed, reopened or deleted an incident; undefined when it says so already. */
export function guardAfter(guard: Guard, incident: Incident, now: Instant): Guard | undefined {
  const window = windowOf(guard, incident.id);
  if (!window || window.incident !== incident.id) return undefined;
  if (incident.deletedAt !== undefined) return withoutWindow(guard, incident.id);
  if (isOpen(incident) === isOpenWindow(window)) return undefined;
  return withWindow(guard, isOpen(incident) ? reopened(window) : closed(window, now, now, 'person'));
}
