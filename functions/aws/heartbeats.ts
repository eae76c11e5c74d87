import type { Heartbeat } from '../../shared/alerts/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import { deleteKeyDoorWrite, putKeyDoorWrite } from './doors.ts';
import { duePages } from './due-pages.ts';
import { table } from './table.ts';

interface Row {
  readonly org: OrganisationId;
  readonly heartbeat: Heartbeat;
}

/** More would not fit into one answer; whoever has more watches systems by something else. */
export const MOST_HEARTBEATS = 500;

/** A heartbeat by its name. */
export async function readHeartbeat(org: OrganisationId, name: string): Promise<Heartbeat | undefined> {
  return (await table.get<Row>(schema.heartbeat.key({ org, name })))?.heartbeat;
}

/** All heartbeats of an organisation, by name. */
export async function readHeartbeats(org: OrganisationId): Promise<readonly Heartbeat[]> {
  const partition = schema.heartbeat.partition({ org });
  const { items } = await table.query<Row>({ partition, limit: MOST_HEARTBEATS });
  return items.map(({ heartbeat }) => heartbeat);
}

/** Makes a heartbeat and the door of its key, both or neither; false when there is one of this name. */
export async function makeHeartbeat(
  org: OrganisationId,
  heartbeat: Heartbeat,
  secret: string,
): Promise<boolean> {
  const { committed } = await table.transact([
    { put: itemOf(org, heartbeat), ifNew: true },
    putKeyDoorWrite(secret, { kind: 'heartbeat', org, name: heartbeat.name }),
  ]);
  return committed;
}

/** Writes what a heartbeat is next, unless it changed since it was read. */
export async function writeHeartbeat(org: OrganisationId, heartbeat: Heartbeat): Promise<boolean> {
  const next = { ...heartbeat, version: heartbeat.version + 1 };
  return table.put(itemOf(org, next), { if: { version: { is: heartbeat.version } } });
}

/** Removes a heartbeat and its door, both or neither; false when it changed since it was read. */
export async function removeHeartbeat(
  org: OrganisationId,
  { name, version, door }: Heartbeat,
): Promise<boolean> {
  const key = schema.heartbeat.key({ org, name });
  const { committed } = await table.transact([
    { delete: key, if: { version: { is: version } } },
    deleteKeyDoorWrite(door),
  ]);
  return committed;
}

function itemOf(org: OrganisationId, heartbeat: Heartbeat) {
  const { name, version, dueAt, told } = heartbeat;
  const place = { org, name, shard: shardOf(`${org} ${name}`, shards.due) };
  return {
    ...schema.heartbeat.key(place),
    ...(dueAt !== undefined && !told && schema.heartbeat.index('gsi2', { ...place, dueAt })),
    ...{ kind: 'heartbeat', org, version, heartbeat },
  };
}

/** Heartbeats that are checked at once. */
const PAGE = 50;

/** The heartbeats of one shard that were due by this time and of whom nobody has been told, the longest due first, a page at a time. */
export async function* dueHeartbeats(shard: number, by: Instant): AsyncGenerator<readonly Row[]> {
  const end = schema.heartbeat.index('gsi2', { shard, dueAt: by, org: '~', name: '~' });
  const pages = duePages<Row>({ partition: end.gsi2pk, to: end.gsi2sk }, PAGE);
  for await (const rows of pages) yield rows.map(({ org, heartbeat }) => ({ org, heartbeat }));
}
