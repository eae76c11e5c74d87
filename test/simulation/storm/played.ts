import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import { type Duration, type Instant, MINUTE } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import type { StoredItem } from '../engine/table-types.ts';
import { tenantOf } from '../named/scenes.ts';
import type { Program } from '../program.ts';
import { BEGIN } from '../scenario.ts';
import { fingerprintOf, LENGTH, merged, othersOf, type Storm, stormOf } from './arrivals.ts';
import { StormWorld } from './storm-world.ts';

/** An incident that was opened: when, and the alerts that its log tells of. */
export interface Opened {
  readonly id: string;
  /** The hash of its correlation key. */
  readonly hash: string;
  readonly title: string;
  readonly service: string | undefined;
  readonly openedAt: Instant;
  readonly members: ReadonlySet<string>;
}

/** What became of a storm and of what came beside it. */
export interface Played {
  readonly world: StormWorld;
  /** When the last alert of all came. */
  readonly last: Instant;
  readonly incidents: readonly Opened[];
  /** Of the alerts of other sources: how long each took until its incident was there, sorted. */
  readonly delays: readonly Duration[];
  /** Signals by alert, as they were counted when the minute was over. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Sources beside the storm, and how many incidents their alerts open: none of them is a storm. */
const SOURCES = 20;
const OTHERS = 500;

/** What has to be done later is done by then, also the counting of the minute. */
const REST: Duration = 3 * MINUTE;

/** Plays a storm with alerts of other sources beside it, or these alone. */
export async function play(program: Program, storm?: Storm): Promise<Played> {
  const tenant = tenantOf();
  const world = new StormWorld(program, tenant);
  const others = othersOf(tenant, OTHERS, SOURCES);
  const said = storm ? stormOf(tenant, storm) : [];
  await world.receive(merged(said, others));
  await world.passTo(BEGIN + LENGTH + REST);
  const incidents = openedIn(world);
  const last = said.at(-1)?.receivedAt ?? BEGIN;
  return { world, last, incidents, delays: delaysOf(others, incidents), counts: countsIn(world) };
}

/** The delay that so many of all do not exceed. */
export const percentile = (delays: readonly Duration[], share: number): Duration =>
  delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? Number.NaN;

/** How many signals of the storm were counted. */
export const countedOf = ({ counts }: Played, { different }: Storm): number =>
  Array.from({ length: different }, (_, i) => counts.get(fingerprintOf('storm', i)) ?? 0).reduce(
    (sum, one) => sum + one,
    0,
  );

function openedIn({ table }: StormWorld): readonly Opened[] {
  const facts = table.changes(0).filter(({ after }) => after?.kind === 'fact');
  const members = Map.groupBy(
    facts.filter(({ after }) => after?.type === 'alerts.changed'),
    ({ after }) => after?.incidentId,
  );
  return facts.flatMap(({ at, after }) => {
    if (after?.type !== 'incident.opened') return [];
    const id = String(after.incidentId);
    const { title, service, correlation } = after.data as unknown as Said;
    const told = (members.get(id) ?? []).flatMap((change) => entriesOf(change.after));
    return [{ id, hash: correlation.hash, title, service, openedAt: at, members: new Set(told) }];
  });
}

/** What the first fact of an incident says of it. */
interface Said {
  readonly title: string;
  readonly service?: string;
  readonly correlation: { readonly hash: string };
}

function entriesOf(fact: StoredItem | undefined): readonly string[] {
  const { entries = [] } = (fact?.data ?? {}) as { entries?: readonly { readonly fingerprint: string }[] };
  return entries.map(({ fingerprint }) => fingerprint);
}

function delaysOf(others: readonly SignalsMessage[], incidents: readonly Opened[]): readonly Duration[] {
  const opened = new Map(incidents.map(({ service, openedAt }) => [service, openedAt]));
  return others
    .flatMap(({ receivedAt, signals: [signal] }) => {
      const at = opened.get(signal?.service);
      return at === undefined ? [] : [at - receivedAt];
    })
    .sort((a, b) => a - b);
}

/** The numbers of each alert's hour, one for each minute. */
function countsIn({ table }: StormWorld): ReadonlyMap<string, number> {
  const rows = [...table.items()].filter(({ kind }) => kind === 'count');
  return new Map(
    rows.map((row) => {
      const minutes = Object.entries(row).filter(([name]) => /^n\d+$/.test(name));
      const sum = minutes.reduce((all, [, count]) => all + Number(count), 0);
      return [fingerprintIn(row), sum];
    }),
  );
}

const MARK = '<>';

function fingerprintIn({ pk }: StoredItem): string {
  const [before = ''] = schema.hourCount.partition({ org: tenantOf().org, fp: MARK }).split(MARK);
  return pk.slice(before.length);
}
