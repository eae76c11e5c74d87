import type { Incident } from '../../shared/incidents/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { stored } from './incident-rows.ts';
import { type Position, table } from './table.ts';

/** All open incidents, newest first, from the table itself: what was just declared is in it. */
export async function listOpen(
  org: OrganisationId,
  { service }: { readonly service?: string } = {},
): Promise<readonly Incident[]> {
  const wanted = service === undefined ? [...Array(shards.open).keys()] : [shardOf(service, shards.open)];
  const pages = await allDone(
    wanted.map((shard) => table.query({ partition: schema.openPointer.partition({ org, shard }) })),
  );
  return pages
    .flatMap(({ items }) => items.map((row) => stored<Incident>(row)))
    .filter((incident) => service === undefined || incident.service === service)
    .sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1));
}

/** A page of a month. */
interface HistoryPage {
  readonly limit: number;
  readonly after?: Position;
  /** Only those opened then or later, and only those opened before. */
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Incidents that were opened in one month (`2026-11`), newest first, by the history index: it may lag behind by a moment. */
export async function listHistory(
  org: OrganisationId,
  month: string,
  page: HistoryPage,
): Promise<{ readonly incidents: readonly Incident[]; readonly next?: Position }> {
  const bound = (openedAt: Instant) =>
    schema.incidentHead.index('gsi1', { org, month, openedAt, inc: '-' }).gsi1sk;
  const { items, next } = await table.query({
    index: 'gsi1',
    partition: schema.incidentHead.index('gsi1', { org, month, openedAt: 0, inc: '-' }).gsi1pk,
    backwards: true,
    limit: page.limit,
    ...(page.from !== undefined && { from: bound(page.from) }),
    ...(page.to !== undefined && { to: bound(page.to) }),
    ...(page.after && { after: page.after }),
  });
  return { incidents: items.map((row) => stored<Incident>(row)), ...(next && { next }) };
}
