import { type Count, summed } from '../../shared/alerts/index.ts';
import { type Instant, minuteOf, type OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { table } from './table.ts';

const HOUR_MINUTES = 60;
const hourOf = (minute: number): number => Math.floor(minute / HOUR_MINUTES);

/** As long as incidents are listed. */
const KEPT_HOURS = 400 * 24;

/** Writes how many signals of an alert were sent in a minute, unless a larger number is there: then more was known. */
export async function writeCount(
  org: OrganisationId,
  minute: number,
  fingerprint: string,
  { received, lastAt }: Count,
): Promise<void> {
  const hour = hourOf(minute);
  const place = minute % HOUR_MINUTES;
  const name = `n${place}`;
  await table.update(schema.hourCount.key({ org, fp: fingerprint, hour }), {
    set: { kind: 'count', hour, [name]: received, [`l${place}`]: lastAt, ttl: (hour + KEPT_HOURS) * 3_600 },
    if: [{ [name]: { exists: false } }, { [name]: { below: received } }],
  });
}

type HourRow = Readonly<Record<string, number>> & { readonly hour: number };

/** Items that one answer may cost, and alerts of which each may cost a query. */
const MOST_ITEMS = 5_000;
const MOST_QUERIES = 100;

/**
 * The counts of these alerts from one minute to another, both included. Undefined when that is too much for one answer (more
 * than a hundred alerts over a long time) or too long ago to be known.
 */
export async function readCounts(
  org: OrganisationId,
  fingerprints: readonly string[],
  [from, to]: readonly [number, number],
  now: Instant,
): Promise<ReadonlyMap<string, Count> | undefined> {
  if (hourOf(from) < hourOf(minuteOf(now)) - KEPT_HOURS) return undefined;
  const hours = Array.from({ length: hourOf(to) - hourOf(from) + 1 }, (_, i) => hourOf(from) + i);
  const isShort = fingerprints.length * hours.length <= MOST_ITEMS;
  if (!isShort && fingerprints.length > MOST_QUERIES) return undefined;
  const rows = isShort
    ? await loadHours(org, fingerprints, hours)
    : await queryHours(org, fingerprints, hours);
  return new Map(
    fingerprints.map((fp, i) => [fp, summed((rows[i] ?? []).flatMap((row) => countsIn(row, from, to)))]),
  );
}

async function loadHours(org: OrganisationId, fingerprints: readonly string[], hours: readonly number[]) {
  const keys = fingerprints.flatMap((fp) => hours.map((hour) => schema.hourCount.key({ org, fp, hour })));
  const rows = await table.load<HourRow>(keys);
  return fingerprints.map((_, i) =>
    rows.slice(i * hours.length, (i + 1) * hours.length).flatMap((row) => row ?? []),
  );
}

async function queryHours(org: OrganisationId, fingerprints: readonly string[], hours: readonly number[]) {
  return Promise.all(
    fingerprints.map(async (fp) => {
      const [from = 0, to = 0] = [hours[0], hours.at(-1)];
      const { items } = await table.query<HourRow>({
        partition: schema.hourCount.partition({ org, fp }),
        from: schema.hourCount.sort({ hour: from }),
        to: schema.hourCount.sort({ hour: to }),
      });
      return items;
    }),
  );
}

function countsIn(row: HourRow, from: number, to: number): readonly Count[] {
  return Array.from({ length: HOUR_MINUTES }, (_, place) => place)
    .filter((place) => {
      const minute = row.hour * HOUR_MINUTES + place;
      return minute >= from && minute <= to && row[`n${place}`] !== undefined;
    })
    .map((place) => ({ received: row[`n${place}`] ?? 0, lastAt: row[`l${place}`] ?? 0 }));
}
