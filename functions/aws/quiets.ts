import {
  type HolderId,
  QUIET_TAIL,
  type Quiet,
  type QuietId,
  quietLimits,
} from '../../shared/alerts/index.ts';
import { HOUR, type Instant, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { type Key, schema, shardOf, shards } from '../../shared/table/index.ts';
import { ExpiringCache } from './expiring-cache.ts';
import { table, type Write } from './table.ts';

/** The item that names the version of all that keeps alerts quiet; detection and escalation read it in their load. */
export interface QuietVersion {
  readonly version: number;
}

/** All that keeps alerts quiet in one version, and that version; 0 has none. */
export interface Quiets {
  readonly version: number;
  readonly quiets: readonly Quiet[];
}

const bodies = new ExpiringCache<Quiets>(1_000);

/** What this process knows already of an organisation. */
export const knownQuiets = (org: OrganisationId): Quiets =>
  bodies.get(org)?.value ?? { version: 0, quiets: [] };

/** What keeps alerts quiet in a version: read once for each process and version, without what was long over then. */
export async function loadQuiets(
  org: OrganisationId,
  head: QuietVersion | undefined,
  now: Instant,
): Promise<Quiets> {
  const version = head?.version ?? 0;
  const known = knownQuiets(org);
  if (known.version === version) return known;
  const quiets = { version, quiets: await readInForce(org, now - QUIET_TAIL) };
  bodies.set(org, quiets, HOUR);
  return quiets;
}

/** Those that end at an instant or later, by their end. */
export async function readInForce(org: OrganisationId, from: Instant): Promise<readonly Quiet[]> {
  const { items } = await table.query<Row>({
    partition: schema.listedQuiet.partition({ org }),
    from: placeOf(from, FIRST),
    to: placeOf(LATEST, LAST),
  });
  return items.map(({ quiet }) => quiet);
}

/** Those that were over by an instant, newest first, and the place after which there are more. */
export async function readExpired(
  org: OrganisationId,
  { now, limit, before }: { readonly now: Instant; readonly limit: number; readonly before?: string },
): Promise<{ readonly quiets: readonly Quiet[]; readonly next?: string }> {
  const { items, next } = await table.query<Row>({
    partition: schema.listedQuiet.partition({ org }),
    ...{ from: placeOf(now - quietLimits.remembered, LAST), to: placeOf(now, LAST), backwards: true, limit },
    ...(before !== undefined && { after: [before] }),
  });
  const [place] = next ?? [];
  return { quiets: items.map(({ quiet }) => quiet), ...(place !== undefined && { next: place }) };
}

/** Sort before and after the id of every one, and the last time that a key can have. */
const [FIRST, LAST, LATEST] = ['!', '~', 999_999_999_999_999];

const placeOf = (to: Instant, quiet: string): string => schema.listedQuiet.sort({ to, quiet });

/** One by its id, and when what it holds back is looked at next; what is over for long is not there. */
export async function readQuiet(
  org: OrganisationId,
  id: string,
  now: Instant,
): Promise<{ readonly quiet: Quiet; readonly dueAt?: Instant } | undefined> {
  const row = await table.get<Row>(schema.quiet.key({ org, quiet: id }));
  return row && forgottenAt(row.quiet) > now ? row : undefined;
}

/** Writes one as it is next, with its place in the list and the version of all; false when another writer was faster. */
export async function writeQuiet(
  org: OrganisationId,
  before: Quiet | undefined,
  after: Quiet,
  dueAt: Instant,
): Promise<boolean> {
  const key = schema.quietVersion.key({ org });
  const head = await table.get<QuietVersion>(key);
  const version = head?.version ?? 0;
  const { committed } = await table.transact([
    { put: { ...key, version: version + 1 }, ...(head ? { ifVersion: version } : { ifNew: true }) },
    ...quietWrites(org, before, after, dueAt),
  ]);
  return committed;
}

/** One as it is stored; `dueAt` is when what it holds back is looked at next. */
interface Row extends DueQuiet {
  readonly dueAt?: Instant;
}

function quietWrites(
  org: OrganisationId,
  before: Quiet | undefined,
  after: Quiet,
  dueAt: Instant,
): readonly Write[] {
  const { id, to, version } = after;
  const place = { org, quiet: id, to };
  const ttl = Math.ceil(forgottenAt(after) / SECOND);
  const row = { ...{ org, quiet: after }, ttl };
  const isMoved = before !== undefined && before.to !== to;
  return [
    {
      put: { ...schema.quiet.key(place), ...dueIn(org, id, dueAt), kind: 'quiet', ...row, version, dueAt },
      ...(before ? { ifVersion: before.version } : { ifNew: true }),
    },
    { put: { ...schema.listedQuiet.key(place), kind: 'listed-quiet', ...row } },
    ...(isMoved ? [{ delete: schema.listedQuiet.key({ org, quiet: id, to: before.to }) }] : []),
  ];
}

const dueIn = (org: OrganisationId, quiet: QuietId, dueAt: Instant) =>
  schema.quiet.index('gsi2', { org, quiet, dueAt, shard: shardOf(quiet, shards.due) });

/** Until then it is shown, and what it held back. */
export const forgottenAt = ({ to }: Pick<Quiet, 'to'>): Instant => to + quietLimits.remembered;

/** When what it holds back is looked at next, if ever; false when it changed meanwhile. */
export async function writeDue(
  org: OrganisationId,
  { id, version }: Quiet,
  dueAt: Instant | undefined,
): Promise<boolean> {
  const change =
    dueAt === undefined
      ? { unset: ['gsi2pk', 'gsi2sk', 'dueAt'] }
      : { set: { ...dueIn(org, id, dueAt), dueAt } };
  const key = schema.quiet.key({ org, quiet: id });
  return (await table.update(key, { ...change, if: { version: { is: version } } })) !== undefined;
}

/** One of an organisation. */
export interface DueQuiet {
  readonly org: OrganisationId;
  readonly quiet: Quiet;
}

/** Those of one shard, and groups of alerts that mute others, whose alerts are to be looked at by this time, the longest due first, at most so many. */
export async function dueQuiets(
  shard: number,
  by: Instant,
  limit: number,
): Promise<readonly { readonly org: OrganisationId; readonly quiet: HolderId }[]> {
  const end = schema.quiet.index('gsi2', { shard, dueAt: by, org: '~', quiet: '~' });
  const { items } = await table.query<Key & { readonly gsi2sk: string }>({
    ...{ index: 'gsi2', partition: end.gsi2pk, to: end.gsi2sk, limit },
  });
  return items.map(({ gsi2sk }) => {
    const { org, quiet } = schema.quiet.read('gsi2sk', gsi2sk);
    return { org: org as OrganisationId, quiet: quiet as HolderId };
  });
}
