import type { AlertHead } from '../../shared/detection/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { alertKey } from './alert-key.ts';
import { stored } from './incident-rows.ts';
import { table } from './table.ts';

/** What these alerts are now, by fingerprint. */
export async function readHeads(
  org: OrganisationId,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, AlertHead>> {
  const rows = await table.load(fingerprints.map((fp) => alertKey(org, fp)));
  return new Map(
    rows.flatMap((row) => (row ? [stored<AlertHead>(row)] : [])).map((head) => [head.fingerprint, head]),
  );
}

/** These incidents as they are now, without those that were deleted, by id. */
export async function readIncidents(
  org: OrganisationId,
  ids: readonly IncidentId[],
): Promise<ReadonlyMap<IncidentId, Incident>> {
  const there = await readAnyIncidents(org, ids);
  return new Map([...there].filter(([, { deletedAt }]) => deletedAt === undefined));
}

/** The same with those that were deleted, as they were then. */
export async function readAnyIncidents(
  org: OrganisationId,
  ids: readonly IncidentId[],
): Promise<ReadonlyMap<IncidentId, Incident>> {
  const rows = await table.load([...new Set(ids)].map((inc) => schema.incidentHead.key({ org, inc })));
  return new Map(rows.flatMap((row) => (row ? [stored<Incident>(row)] : [])).map((one) => [one.id, one]));
}
