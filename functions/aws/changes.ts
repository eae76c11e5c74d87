import type { Change } from '../../shared/alerts/index.ts';
import { DAY, type Instant, monthOf, type OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { table } from './table.ts';

/** Keeps a change; the same one again is the same item, as it was told last: what comes late does not replace what was told after it. */
export async function keepChange(
  org: OrganisationId,
  change: Change,
  told: Instant = change.recordedAt,
): Promise<void> {
  const { id, at } = change;
  const key = schema.change.key({ org, month: monthOf(at), at, change: id });
  const isOlder = [{ pk: { exists: false } }, { told: { exists: false } }, { told: { below: told + 1 } }];
  await table.put({ ...key, told, change }, { if: isOlder });
}

/** Which changes: those of a time, both ends included, and before a place in their order. */
export interface ChangesWanted {
  readonly from: Instant;
  readonly to: Instant;
  readonly limit: number;
  /** The sort key of the last one of the page before. */
  readonly before?: string;
}

/** The newest changes of a time, newest first, and the place after which there are more. */
export async function readChanges(
  org: OrganisationId,
  { from, to, limit, before }: ChangesWanted,
): Promise<{ readonly changes: readonly Change[]; readonly next?: string }> {
  const found: { readonly change: Change; readonly place: string }[] = [];
  for (const month of monthsBack(from, to)) {
    const { items } = await table.query<{ change: Change }>({
      partition: schema.change.partition({ org, month }),
      from: placeOf(from, FIRST),
      to: before !== undefined && before < placeOf(to, LAST) ? before : placeOf(to, LAST),
      backwards: true,
      limit: limit + 2 - found.length,
    });
    const rest = items.filter(({ sk }) => sk !== before);
    found.push(...rest.map(({ change, sk }) => ({ change, place: sk })));
    if (found.length > limit) break;
  }
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const changes = page.map(({ change }) => change);
  return found.length > limit && last ? { changes, next: last.place } : { changes };
}

/** Sort before and after the id of every change. */
const [FIRST, LAST] = ['!', '~'];

const placeOf = (at: Instant, change: string): string => schema.change.sort({ at, change });

/** The months of a time, the latest first. */
function monthsBack(from: Instant, to: Instant): readonly string[] {
  const months = new Set<string>();
  for (let at = to; at > from; at -= 27 * DAY) months.add(monthOf(at));
  return [...months.add(monthOf(from))];
}
