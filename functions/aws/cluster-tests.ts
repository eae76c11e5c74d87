import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { Cluster, Reached } from '../../shared/runbooks/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { table } from './table.ts';

/** The last test of the connection to a cluster, as it was registered at `of`. */
export interface ClusterTest {
  readonly of: Instant;
  readonly askedAt: Instant;
  readonly outcome?: Reached & { readonly at: Instant };
}

/** Begins a test; the result of an earlier one counts no more. */
export async function beginClusterTest(
  org: OrganisationId,
  { name, updatedAt }: Cluster,
  askedAt: Instant,
): Promise<ClusterTest> {
  const test: ClusterTest = { of: updatedAt, askedAt };
  await table.put({ ...schema.clusterTest.key({ org, name }), ...test });
  return test;
}

/** Keeps what came of a test, unless another one was asked for meanwhile. */
export async function settleClusterTest(
  org: OrganisationId,
  name: string,
  askedAt: Instant,
  outcome: Reached & { readonly at: Instant },
): Promise<void> {
  const key = schema.clusterTest.key({ org, name });
  await table.update(key, { set: { outcome }, if: { askedAt: { is: askedAt } } });
}

/** The last tests of an organisation's clusters, by the names of these. */
export async function clusterTests(org: OrganisationId): Promise<ReadonlyMap<string, ClusterTest>> {
  const { items } = await table.query({ partition: schema.clusterTest.partition({ org }) });
  return new Map(items.map((row) => [row.sk, stored<ClusterTest>(row)]));
}
