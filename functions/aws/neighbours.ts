import {
  type Correlating,
  LOOKING_AROUND,
  NEWEST_BESIDE,
  type OpenIncident,
  type Opening,
} from '../../shared/detection/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { stored } from './incident-rows.ts';
import { table } from './table.ts';

/** The open incidents of the services around each of these, by the hash of the key; read consistently, each service once. */
export async function neighboursOf(
  org: OrganisationId,
  openings: readonly Opening[],
  { graph }: Correlating,
): Promise<ReadonlyMap<string, readonly OpenIncident[]>> {
  const near = openings
    .slice(0, LOOKING_AROUND)
    .map(({ hash, service }) => ({ hash, services: graph.near(service) }));
  const services = [...new Set(near.flatMap((one) => one.services))];
  const open = new Map(await allDone(services.map(async (one) => [one, await openOn(org, one)] as const)));
  const found = near.map(
    ({ hash, services: around }) => [hash, around.flatMap((one) => open.get(one) ?? [])] as const,
  );
  const none: readonly OpenIncident[] = [];
  return new Map([...openings.map(({ hash }) => [hash, none] as const), ...found]);
}

/** The newest open incidents of a service. */
export async function openOn(org: OrganisationId, service: string): Promise<readonly OpenIncident[]> {
  const { items } = await table.query({
    partition: schema.openPointer.partition({ org, shard: shardOf(service, shards.open) }),
    from: schema.openPointer.sort({ service, inc: '-' }),
    to: schema.openPointer.sort({ service, inc: 'z' }),
    ...{ backwards: true, limit: NEWEST_BESIDE },
  });
  return items.map((row) => stored<OpenIncident>(row));
}
