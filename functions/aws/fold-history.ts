import { type Incident, isOpen, monthsBack } from '../../shared/incidents/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from './all-done.ts';
import { listHistory, listOpen } from './incident-lists.ts';
import { loadIncident } from './incident-log.ts';
import type { Position } from './table.ts';

/** Rows of one answer: heads have at most 4 KB, most of them less than 1, and an answer of the table has at most 1 MB. */
const ROWS = 700;

/** Which incidents to go through: those opened from `from` on and before `to`, and all that are open. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Hands on each incident of a stretch once, as it is now, months side by side and pages as they come, so that only what is made of
 * them is kept. What is open is read from the table itself.
 */
export async function foldHistory(
  org: OrganisationId,
  { from, to }: Stretch,
  take: (incident: Incident) => void,
): Promise<void> {
  const open = await listOpen(org);
  const ids = new Set<string>(open.map(({ id }) => id));
  for (const incident of open) take(incident);
  const takePast = async (rows: readonly Incident[]) => {
    for (const incident of await upToDate(org, rows, ids)) take(incident);
  };
  await allDone(monthsBack(to, from).map((month) => foldMonth(org, month, { from, to }, takePast)));
}

/** Rows of the index, but for what is open now. One that says open although its incident is not is behind: the incident itself is asked. */
export async function upToDate(
  org: OrganisationId,
  rows: readonly Incident[],
  open: ReadonlySet<string>,
): Promise<readonly Incident[]> {
  const past = rows.filter(({ id }) => !open.has(id));
  const fresh = await allDone(past.map((row) => (isOpen(row) ? loadIncident(org, row.id) : row)));
  return fresh.filter((incident) => incident !== undefined);
}

async function foldMonth(
  org: OrganisationId,
  month: string,
  bounds: Stretch,
  takePast: (rows: readonly Incident[]) => Promise<void>,
): Promise<void> {
  let after: Position | undefined;
  do {
    const page = await listHistory(org, month, { limit: ROWS, ...bounds, ...(after && { after }) });
    await takePast(page.incidents);
    after = page.next;
  } while (after);
}
