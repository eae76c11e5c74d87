import type { Incident, Slice } from '../../shared/incidents/index.ts';
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
}

/** Incidents that were opened in one month (`2026-11`), newest first, by the history index: it may lag behind by a moment. */
export async function listHistory(
  org: OrganisationId,
  month: string,
  page: HistoryPage,
): Promise<{ readonly incidents: readonly Incident[]; readonly next?: Position }> {
  const { items, next } = await table.query({
    index: 'gsi1',
    partition: placeIn(org, month, 0).gsi1pk,
    backwards: true,
    limit: page.limit,
    ...(page.after && { after: page.after }),
  });
  return { incidents: items.map((row) => stored<Incident>(row)), ...(next && { next }) };
}

/** The incidents that were opened in a part of a month, newest first and in the answers in which the index gives them; `only` these attributes. */
export function historyAnswers<Head>(
  org: OrganisationId,
  { month, from, to }: Slice,
  only: readonly string[],
): AsyncGenerator<readonly Head[]> {
  const [first, last] = [placeIn(org, month, from), placeIn(org, month, to)];
  return table.queryAnswers<Head & object>({
    ...{ index: 'gsi1', backwards: true, only },
    ...{ partition: first.gsi1pk, from: first.gsi1sk, to: last.gsi1sk },
  });
}

/** Before every incident of that moment. */
const placeIn = (org: OrganisationId, month: string, openedAt: Instant) =>
  schema.incidentHead.index('gsi1', { org, month, openedAt, inc: '-' });
