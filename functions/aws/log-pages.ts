import type { LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { type Position, table } from './table.ts';

/** Facts in one page: at most 2 KB each. */
const PAGE = 200;

/** The log of an incident from its latest fact backwards, page by page, with what is written of it so far: there may be holes. */
export async function* latestFacts(
  org: OrganisationId,
  inc: IncidentId,
): AsyncGenerator<readonly LoggedFact[]> {
  let after: Position | undefined;
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(org, inc, after);
    yield page.items.map((row) => stored<LoggedFact>(row));
    after = page.next;
  } while (after);
}

const readPage = (org: OrganisationId, inc: IncidentId, after: Position | undefined) =>
  table.query({
    partition: schema.fact.partition({ org, inc }),
    prefix: schema.fact.sortPrefix,
    backwards: true,
    limit: PAGE,
    ...(after && { after }),
  });

/** Facts that are read from the beginning of a log, and from its end. */
const [FIRST, LAST] = [2_000, 1_000];

/** A log in order; of a very long one its beginning and its end, and how many facts between them were left out. */
export async function boundedLog(
  org: OrganisationId,
  inc: IncidentId,
): Promise<{ readonly facts: readonly LoggedFact[]; readonly untold: number }> {
  const partition = schema.fact.partition({ org, inc });
  const prefix = schema.fact.sortPrefix;
  const begin = await table.query({ partition, prefix, limit: FIRST });
  const first = begin.items.map((row) => stored<LoggedFact>(row));
  if (!begin.next) return { facts: first, untold: 0 };
  const end = await table.query({ partition, prefix, backwards: true, limit: LAST });
  const known = first.at(-1)?.seq ?? 0;
  const last = end.items
    .map((row) => stored<LoggedFact>(row))
    .filter(({ seq }) => seq > known)
    .reverse();
  return { facts: [...first, ...last], untold: Math.max(0, (last[0]?.seq ?? known + 1) - known - 1) };
}
