import type { Actor, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { type Cluster, type ClusterFields, isSamePlace } from '../../shared/runbooks/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { putSecretParameter, removeSecretParameter } from './parameters.ts';
import { setting } from './settings.ts';
import { table } from './table.ts';
import { forgetSecret, versionedSecret } from './versioned-secret.ts';

const parameterOf = (org: OrganisationId, name: string): string =>
  `${setting('clusterParameters')}/${org}/${name}`;

/** All clusters of an organisation, by their names. */
export async function listClusters(org: OrganisationId): Promise<readonly Cluster[]> {
  const { items } = await table.query({ partition: schema.cluster.partition({ org }) });
  return items.map((row) => stored<Cluster>(row));
}

/** A cluster by its name. */
export async function loadCluster(org: OrganisationId, name: string): Promise<Cluster | undefined> {
  const row = await table.get(schema.cluster.key({ org, name }));
  return row && stored<Cluster>(row);
}

/** Keeps the token, where a new one is given, then the row that makes it count. Undefined when it has no token for this place. */
export async function setCluster(
  org: OrganisationId,
  name: string,
  fields: ClusterFields,
  by: { readonly actor: Actor; readonly at: Instant; readonly version: string },
): Promise<Cluster | undefined> {
  const auth = await keptAuth(org, name, fields, by.version);
  if (auth === undefined) return undefined;
  const cluster: Cluster = { ...fields, name, auth, updatedAt: by.at, updatedBy: by.actor.id };
  await table.put({ ...schema.cluster.key({ org, name }), ...cluster });
  return cluster;
}

async function keptAuth(
  org: OrganisationId,
  name: string,
  fields: ClusterFields,
  version: string,
): Promise<Cluster['auth'] | undefined> {
  const { auth } = fields;
  if (auth.kind === 'eks') return auth;
  if (auth.token === undefined) {
    const before = await loadCluster(org, name);
    return before?.auth.kind === 'token' && isSamePlace(before, fields) ? before.auth : undefined;
  }
  await putSecretParameter(parameterOf(org, name), auth.token);
  return { kind: 'token', version };
}

/** A token counts no more once the row of its cluster is gone; then it is removed itself. */
export async function removeCluster(org: OrganisationId, name: string): Promise<boolean> {
  const gone = await table.remove<Cluster>(schema.cluster.key({ org, name }));
  await removeSecretParameter(parameterOf(org, name));
  forgetSecret(parameterOf(org, name));
  return gone !== undefined;
}

/** The token of a cluster; undefined when it is gone. */
export async function clusterToken(
  org: OrganisationId,
  name: string,
  version: string,
): Promise<string | undefined> {
  return versionedSecret(parameterOf(org, name), version);
}
