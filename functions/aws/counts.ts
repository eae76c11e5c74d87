import { type Count, summed } from '../../shared/alerts/index.ts';
import {
  type Duration,
  HOLD,
  type Instant,
  MINUTE,
  minuteOf,
  type OrganisationId,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { ExpiringCache } from './expiring-cache.ts';
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

/** A stretch of time to be counted, from one minute to another, both included. */
export interface Stretch {
  readonly minutes: readonly [from: number, to: number];
  readonly now: Instant;
  /** Up to when all is counted, as it was asked before the counts. */
  readonly until: Instant;
}

/** How many items the counts of so many alerts over a stretch may cost: one for each hour. */
export function costOf(alerts: number, { minutes: [from, to] }: Stretch): number {
  return alerts * (hourOf(to) - hourOf(from) + 1);
}

/** Items that are loaded by their keys; more are queried, alert by alert. */
const MOST_KEYS = 500;

/** The counts of these alerts; undefined when it is too long ago to be known. */
export async function readCounts(
  org: OrganisationId,
  fingerprints: readonly string[],
  stretch: Stretch,
): Promise<ReadonlyMap<string, Count> | undefined> {
  if (hourOf(stretch.minutes[0]) < hourOf(minuteOf(stretch.now)) - KEPT_HOURS) return undefined;
  const wanted = fingerprints.map((fp) => ({ fp, hours: hoursOf(org, fp, stretch) }));
  const unknown = wanted
    .map(({ fp, hours }) => ({ fp, hours: hours.filter(({ count }) => count === undefined) }))
    .filter(({ hours }) => hours.length > 0);
  const isFew = unknown.reduce((sum, { hours }) => sum + hours.length, 0) <= MOST_KEYS;
  const rows = await (isFew ? loadHours : queryHours)(org, unknown);
  for (const { fp, hours } of unknown) {
    const found = new Map(rows.get(fp)?.map((row) => [row.hour, row]));
    for (const hour of hours) {
      hour.count = countIn(found.get(hour.hour), hour.places);
      remembered.set(hour.name, hour.count, hour.lifetime);
    }
  }
  return new Map(
    wanted.map(({ fp, hours }) => [fp, summed(hours.flatMap(({ count }) => (count ? [count] : [])))]),
  );
}

/** What was read of an hour changes no more when all of it has been counted for this long: later no message is still expected. */
const SETTLED: Duration = HOLD;

/** How long it is believed all the same; and what may still change, while nothing more is said to be counted. */
const LIFETIME = { settled: 10 * MINUTE, open: MINUTE } as const;

/** Counts of alerts in an hour, as this environment has read them: the console asks every few seconds. */
const remembered = new ExpiringCache<Count>(20_000);

interface WantedHour {
  readonly hour: number;
  /** The minutes of the hour that are wanted. */
  readonly places: readonly [from: number, to: number];
  readonly name: string;
  readonly lifetime: Duration;
  count: Count | undefined;
}

function hoursOf(
  org: OrganisationId,
  fp: string,
  { minutes: [from, to], until }: Stretch,
): readonly WantedHour[] {
  return Array.from({ length: hourOf(to) - hourOf(from) + 1 }, (_, i) => {
    const hour = hourOf(from) + i;
    const start = hour * HOUR_MINUTES;
    const places = [Math.max(0, from - start), Math.min(HOUR_MINUTES - 1, to - start)] as const;
    const isSettled = (start + HOUR_MINUTES) * MINUTE + SETTLED <= until;
    const name = `${org} ${fp} ${hour} ${places.join('-')} ${isSettled ? '' : until}`;
    const lifetime = isSettled ? LIFETIME.settled : LIFETIME.open;
    return { hour, places, name, lifetime, count: remembered.get(name)?.value };
  });
}

interface Unknown {
  readonly fp: string;
  readonly hours: readonly WantedHour[];
}

type Rows = ReadonlyMap<string, readonly HourRow[]>;

async function loadHours(org: OrganisationId, unknown: readonly Unknown[]): Promise<Rows> {
  const wanted = unknown.flatMap(({ fp, hours }) => hours.map(({ hour }) => ({ fp, hour })));
  const rows = await table.load<HourRow>(
    wanted.map(({ fp, hour }) => schema.hourCount.key({ org, fp, hour })),
  );
  const found = wanted.flatMap(({ fp }, i) => (rows[i] ? [{ fp, row: rows[i] }] : []));
  return new Map(
    [...Map.groupBy(found, ({ fp }) => fp)].map(([fp, some]) => [fp, some.map(({ row }) => row)]),
  );
}

async function queryHours(org: OrganisationId, unknown: readonly Unknown[]): Promise<Rows> {
  const found = unknown.map(async ({ fp, hours }) => {
    const [from = 0, to = 0] = [hours[0]?.hour, hours.at(-1)?.hour];
    const { items } = await table.query<HourRow>({
      partition: schema.hourCount.partition({ org, fp }),
      from: schema.hourCount.sort({ hour: from }),
      to: schema.hourCount.sort({ hour: to }),
    });
    return [fp, items] as const;
  });
  return new Map(await allDone(found));
}

function countIn(row: HourRow | undefined, [from, to]: readonly [number, number]): Count {
  const places = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return summed(
    places.map((place) => ({ received: row?.[`n${place}`] ?? 0, lastAt: row?.[`l${place}`] ?? 0 })),
  );
}
