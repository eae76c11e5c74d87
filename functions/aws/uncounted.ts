import { CLOCKS_APART, countDueAt, TOO_SOON } from '../../shared/alerts/index.ts';
import {
  type Duration,
  HOUR,
  type Instant,
  MINUTE,
  minuteOf,
  type OrganisationId,
} from '../../shared/kernel/index.ts';
import { type Key, schema, shardOf, shards } from '../../shared/table/index.ts';
import { table } from './table.ts';

/** A minute of an organisation that has signals to be counted, from `dueAt` on. */
export interface Uncounted {
  readonly org: OrganisationId;
  readonly minute: number;
  readonly dueAt: Instant;
}

/**
 * As it is stored. Version 0.1.0 called the time `dueAt`: it could not read what is kept now, so it must not take a minute of these to
 * be its own, and count it as empty.
 */
interface Row {
  readonly org: OrganisationId;
  readonly minute: number;
  readonly countAt?: Instant;
  readonly dueAt?: Instant;
}

const dueIn = ({ countAt, dueAt }: Row): Instant | undefined => countAt ?? dueAt;

/** Whether a minute is still due at this time. */
const isDueAt = (dueAt: Instant) => [{ countAt: { is: dueAt } }, { dueAt: { is: dueAt } }];

/** Before which time, at the earliest, a minute is counted: as long as that is far enough off, nobody needs to say it again. */
const known = new Map<string, Instant>();
const MOST = 10_000;

/**
 * Sees to it that a minute is counted at a time after now, when what was just kept can be read; tells when, if nobody has seen
 * to it yet. The time is also the item's version: whoever counts removes only the one that they were sent for.
 */
export async function markMinute(
  org: OrganisationId,
  minute: number,
  now: Instant,
): Promise<Uncounted | undefined> {
  const name = `${org} ${minute}`;
  if ((known.get(name) ?? 0) >= now + CLOCKS_APART) return undefined;
  const dueAt = countDueAt(minute, now);
  const isMine = await table.put(
    {
      ...schema.uncountedMinute.key({ org, minute }),
      ...askedAt(org, minute, dueAt),
      ...{ kind: 'uncounted', org, minute, countAt: dueAt },
    },
    {
      if: [
        { pk: { exists: false } },
        { countAt: { below: now + TOO_SOON } },
        { dueAt: { below: now + TOO_SOON } },
      ],
    },
  );
  if (known.size >= MOST) known.clear();
  // Whoever was there first computed the same time for a minute that is not over, and not less than this for any other.
  known.set(name, isMine ? dueAt : Math.max(now + TOO_SOON, countDueAt(minute, 0)));
  return isMine ? { org, minute, dueAt } : undefined;
}

/** Whether this minute is still to be counted at this time, and not at a later one. */
export async function isUncounted({ org, minute, dueAt }: Uncounted): Promise<boolean> {
  const row = await table.get<Row>(schema.uncountedMinute.key({ org, minute }));
  return row !== undefined && dueIn(row) === dueAt;
}

/** Says that a minute is counted, unless it was moved to a later time meanwhile. */
export async function markCounted({ org, minute, dueAt }: Uncounted): Promise<void> {
  await table.remove(schema.uncountedMinute.key({ org, minute }), { if: isDueAt(dueAt) });
}

/** However long a minute could not be counted, it is tried again after this. */
const LONGEST_PAUSE: Duration = 6 * HOUR;

/**
 * Lets the sweep ask for an overdue minute again only after as long as it has been overdue by now: so each that always fails is
 * tried less and less often, and keeps no other from its turn. The minute's own time stays.
 */
export async function postpone({ org, minute, dueAt }: Uncounted, now: Instant): Promise<void> {
  const next = now + Math.min(now - dueAt, LONGEST_PAUSE);
  await table.update(schema.uncountedMinute.key({ org, minute }), {
    set: { gsi2sk: askedAt(org, minute, next).gsi2sk },
    if: isDueAt(dueAt),
  });
}

/** Where a minute stands among those that the sweep asks for. */
const askedAt = (org: OrganisationId, minute: number, dueAt: Instant) =>
  schema.uncountedMinute.index('gsi2', {
    shard: shardOf(`${org} ${minute}`, shards.due),
    dueAt,
    org,
    minute,
  });

/** The minutes of one shard that are to be asked for by this time, the longest due first, at most so many. */
export async function uncountedMinutes(
  shard: number,
  by: Instant,
  limit: number,
): Promise<readonly Uncounted[]> {
  const end = schema.uncountedMinute.index('gsi2', { shard, dueAt: by, org: '~', minute: 0 });
  const { items } = await table.query<Key>({
    ...{ index: 'gsi2', partition: end.gsi2pk, to: end.gsi2sk, limit },
  });
  const rows = await table.load<Row>(items);
  // The index may be behind: a minute that was moved to a later time has a message of its own.
  return rows.flatMap((row) => {
    const dueAt = row && dueIn(row);
    return row && dueAt !== undefined && dueAt <= by ? [{ org: row.org, minute: row.minute, dueAt }] : [];
  });
}

/** All signals that were sent before this time and have been kept are counted. */
export async function countedUntil(org: OrganisationId, now: Instant): Promise<Instant> {
  const partition = schema.uncountedMinute.partition({ org });
  const { items } = await table.query<Uncounted>({ partition, limit: 1 });
  return Math.min(items[0]?.minute ?? Number.POSITIVE_INFINITY, minuteOf(now)) * MINUTE;
}
