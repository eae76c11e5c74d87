import {
  type AlertHead,
  type AlertInBatch,
  emptyGuard,
  type Guard,
  isCounting,
  type Loaded,
  lookingFor,
  type Match,
  needNeighbours,
  type OpenIncident,
  type Received,
  stillNeeded,
} from '../../shared/detection/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { alertKey } from './alert-key.ts';
import { allDone } from './all-done.ts';
import type { ConfigurationHead } from './configuration.ts';
import { guardKey } from './guards.ts';
import { readHeld } from './held-alerts.ts';
import { stored } from './incident-rows.ts';
import { neighboursOf } from './neighbours.ts';
import type { QuietVersion } from './quiets.ts';
import { table } from './table.ts';
import { readSlots } from './threshold-slots.ts';

/** What was loaded, and the configuration that is in force: it is read in the same step, so no decision follows an old one. */
export interface DetectionLoad {
  /** Without what keeps alerts quiet, whose version is beside it. */
  readonly loaded: Loaded;
  readonly configuration: ConfigurationHead | undefined;
  readonly quiet: QuietVersion | undefined;
}

/**
 * What a decision on these alerts is made from. One step of parallel consistent reads; further ones only for alerts that say
 * no more than "resolved", for the slots of a threshold, and for the alerts that wait in them. Slots are written under the guard's
 * version, so they are read after it: a guard that is newer than what was read of its slots would let a worker write who never saw the last of them.
 */
export async function loadForDetection(
  org: OrganisationId,
  alerts: readonly AlertInBatch[],
  { rules, correlating }: Deciding,
): Promise<DetectionLoad> {
  const said = openingAmong(
    alerts.flatMap((alert) => alert.firings),
    rules,
  );
  const heads = new Map<string, AlertHead>();
  const guards = new Map<string, Guard>();
  const fingerprints = alerts.map(({ fingerprint }) => fingerprint);
  const versions = await readInto(org, heads, fingerprints, guards, hashesOf(said));
  const held = await readHeld(org, heldAgain(alerts, heads));
  const firings = [...said, ...openingAmong([...held.values()], rules)];
  const more = hashesOf(firings).filter((hash) => !guards.has(hash));
  if (more.length > 0) await readInto(org, heads, [], guards, more);
  const slots = await slotsFor(org, firings);
  const neighbours = new Map<string, readonly OpenIncident[]>();
  const loaded: Loaded = {
    ...{ org, rules, heads, guards, slots, neighbours, held },
    ...(correlating && { correlating }),
  };
  await complete(org, loaded, heads, guards);
  const openings = needNeighbours(loaded, firings);
  if (openings.length > 0 && correlating) {
    for (const [hash, found] of await neighboursOf(org, openings, correlating)) neighbours.set(hash, found);
    await complete(org, loaded, heads, guards);
  }
  return { loaded, ...versions };
}

type Looking = ReturnType<typeof lookingFor>;

/** Those that want an incident, each with its match. */
const openingAmong = (firings: readonly Received[], rules: Loaded['rules']): readonly Looking[] =>
  firings.map((firing) => lookingFor(rules, firing)).filter(({ match }) => match.does === 'open');

const hashesOf = (firings: readonly Looking[]): readonly string[] => [
  ...new Set(firings.map(({ match }) => match.hash)),
];

async function slotsFor(org: OrganisationId, firings: readonly Looking[]): Promise<Loaded['slots']> {
  const counting = firings.map(({ match }) => match).filter(countsAlerts);
  const keys = [...new Map(counting.map((match) => [match.hash, match])).values()];
  return new Map(
    await allDone(keys.map(async (match) => [match.hash, await readSlots(org, match)] as const)),
  );
}

/** What decides, of one version of the configuration. */
type Deciding = Pick<Loaded, 'rules' | 'correlating'>;

/** Reads what is needed because of what was read. */
async function complete(
  org: OrganisationId,
  loaded: Loaded,
  heads: Map<string, AlertHead>,
  guards: Map<string, Guard>,
): Promise<void> {
  for (let needed = stillNeeded(loaded); isSomething(needed); needed = missing(loaded, needed)) {
    await readInto(org, heads, needed.heads, guards, needed.guards);
  }
}

/** The alerts of which something is held back that may go free: those that are asked after, and those that were resolved. */
function heldAgain(alerts: readonly AlertInBatch[], heads: ReadonlyMap<string, AlertHead>) {
  return alerts.flatMap(({ fingerprint, askedAt, others }) => {
    const suppressed = heads.get(fingerprint)?.suppressed;
    const mayGo = askedAt !== undefined || others.some(({ signal }) => signal.state === 'resolved');
    return suppressed && mayGo ? [{ quiet: suppressed.by, fingerprint }] : [];
  });
}

const isSomething = ({ guards, heads }: Needed): boolean => guards.length + heads.length > 0;

type Needed = ReturnType<typeof stillNeeded>;

/** What a further step must read. A head that waits in a slot but is gone is not asked for twice. */
function missing(loaded: Loaded, asked: Needed): Needed {
  const { guards, heads } = stillNeeded(loaded);
  return { guards, heads: heads.filter((fingerprint) => !asked.heads.includes(fingerprint)) };
}

const countsAlerts = ({ rule }: Match): boolean => isCounting(rule);

async function readInto(
  org: OrganisationId,
  heads: Map<string, AlertHead>,
  fingerprints: readonly string[],
  guards: Map<string, Guard>,
  hashes: readonly string[],
): Promise<Omit<DetectionLoad, 'loaded'>> {
  const rows = await table.load([
    ...fingerprints.map((fingerprint) => alertKey(org, fingerprint)),
    ...hashes.map((hash) => guardKey(org, hash)),
    schema.configurationHead.key({ org }),
    schema.quietVersion.key({ org }),
  ]);
  for (const row of rows.slice(0, fingerprints.length)) {
    const head = row && stored<AlertHead>(row);
    if (head) heads.set(head.fingerprint, head);
  }
  for (const [i, hash] of hashes.entries()) {
    const row = rows[fingerprints.length + i];
    guards.set(hash, row ? stored<Guard>(row) : emptyGuard(hash));
  }
  const [configuration, quiet] = rows.slice(-2);
  return {
    configuration: configuration && stored<ConfigurationHead>(configuration),
    quiet: quiet && stored<QuietVersion>(quiet),
  };
}
