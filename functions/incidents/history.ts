import {
  type Filter,
  type Incident,
  isListed,
  isOpen,
  LISTED,
  monthsBack,
  type Place,
} from '../../shared/incidents/index.ts';
import {
  type IncidentId,
  type Instant,
  MINUTE,
  monthOf,
  type OrganisationId,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { upToDate } from '../aws/fold-history.ts';
import { listHistory } from '../aws/incident-lists.ts';
import type { Position } from '../aws/table.ts';

/** A stretch of the past: what it holds, and after which place there may be more. */
export interface Stretch {
  readonly incidents: readonly Incident[];
  readonly more?: Place;
}

export interface Walk {
  readonly org: OrganisationId;
  readonly filter: Filter;
  readonly limit: number;
  readonly after?: Place | undefined;
  /** The incidents that are open now: not history, whatever the index says of them. */
  readonly open: ReadonlySet<string>;
  readonly now: Instant;
}

const ROWS = 200;
/** A filter that fits almost nothing gets an unfilled page instead of a slow answer. */
const MOST_READS = 20;

/** Walks back through the months until there are `limit` resolved incidents that the filter shows, or nothing is left. */
export async function walkHistory(walk: Walk): Promise<Stretch> {
  const { filter, limit, now } = walk;
  const start = startOf(walk);
  const months = monthsBack(start.openedAt, filter.openedAfter ?? now - LISTED);
  const incidents: Incident[] = [];
  let after: Position | undefined = positionOf(walk.org, start);
  let reads = 0;
  for (const month of months) {
    do {
      const page = await listHistory(walk.org, month, { limit: ROWS, ...(after && { after }) });
      after = page.next;
      reads++;
      incidents.push(...(await pastOf(page.incidents, walk)));
      const full = incidents.length > limit || reads >= MOST_READS;
      if (full) return { incidents, more: page.incidents.at(-1) ?? endOf(month) };
    } while (after);
  }
  return { incidents };
}

/** The newest place of the walk: the cursor's, else the upper bound of the filter, else a little ahead of our clock. */
function startOf({ after, filter, now }: Walk): Place {
  const latest = now + 5 * MINUTE;
  if (after) return { openedAt: Math.min(after.openedAt, latest), id: after.id };
  return { openedAt: Math.min(filter.openedBefore ?? latest, latest), id: LOWEST };
}

/** Stands after every incident of the same time. */
const LOWEST: IncidentId = `inc_${'0'.repeat(26)}`;

/** The last place in a month, for one that holds nothing. */
const endOf = (month: string): Place => ({ openedAt: Date.parse(`${month}-01T00:00:00Z`), id: LOWEST });

/** As an index position of which only what lies after it is read; it need not exist. */
function positionOf(org: OrganisationId, { openedAt, id: inc }: Place): Position {
  const index = schema.incidentHead.index('gsi1', { org, inc, openedAt, month: monthOf(openedAt) });
  const key = schema.incidentHead.key({ org, inc });
  return [index.gsi1sk, key.pk, key.sk];
}

/** What is over and shown. */
async function pastOf(rows: readonly Incident[], { org, filter, open }: Walk): Promise<readonly Incident[]> {
  const fresh = await upToDate(org, rows, open);
  return fresh.filter((incident) => !isOpen(incident) && isListed(incident, filter));
}
