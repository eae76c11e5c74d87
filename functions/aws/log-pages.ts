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
