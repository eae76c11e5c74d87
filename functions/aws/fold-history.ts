import { type Incident, isOpen, slicesOf } from '../../shared/incidents/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from './all-done.ts';
import { historyAnswers, listOpen } from './incident-lists.ts';
import { loadIncident } from './incident-log.ts';

/** How many parts of the index are read side by side, some more for a long stretch. */
const SIDE_BY_SIDE = 12;

/** Which incidents to go through: those opened from `from` on and before `to`, and all that are open. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** A head, or the part of it that was asked for. */
type Row = Pick<Incident, 'id' | 'state'>;

/** What goes through the incidents: which attributes of their heads it needs, and what it does with some of them. */
export interface Taking<Head extends Row> {
  readonly only: readonly string[];
  /** Answers whether it wants more; once it does not, nothing more is read. */
  readonly take: (heads: readonly (Head | Incident)[]) => Promise<boolean>;
}

/**
 * Hands on each incident of a stretch once, as it is now, parts of the index side by side and answers as they come, so that only
 * what is made of them is kept. What is open is read from the table itself, at the same time.
 */
export async function foldHistory<Head extends Row>(
  org: OrganisationId,
  stretch: Stretch,
  { only, take }: Taking<Head>,
): Promise<void> {
  const open = listOpen(org);
  let enough = false;
  const handOn = async (heads: readonly (Head | Incident)[]) => {
    if (!(await take(heads))) enough = true;
  };
  const readSlice = async (slice: Parameters<typeof historyAnswers>[1]) => {
    for await (const heads of historyAnswers<Head>(org, slice, only)) {
      const ids = new Set<string>((await open).map(({ id }) => id));
      await handOn(await upToDate(org, heads, ids));
      if (enough) break;
    }
  };
  await allDone([open.then(handOn), ...slicesOf(stretch, SIDE_BY_SIDE).map(readSlice)]);
}

/** Rows of the index, but for what is open now. One that says open although its incident is not is behind: the incident itself is asked. */
export async function upToDate<Head extends Row>(
  org: OrganisationId,
  rows: readonly Head[],
  open: ReadonlySet<string>,
): Promise<readonly (Head | Incident)[]> {
  const past = rows.filter(({ id }) => !open.has(id));
  const fresh = await allDone(past.map((row) => (isOpen(row) ? loadIncident(org, row.id) : row)));
  return fresh.filter((incident) => incident !== undefined);
}
