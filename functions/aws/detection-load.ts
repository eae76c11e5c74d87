import type { HeldAlert } from '../../shared/alerts/index.ts';
import {
  type AlertInBatch,
  asItComes,
  countsNeeded,
  type HeldAgain,
  heldAgain,
  heldFirings,
  type Loaded,
  lookingFor,
  needNeighbours,
  type OpenIncident,
  type Received,
  stillNeeded,
  stormsNear,
  stormsOf,
  waitingAgain,
} from '../../shared/detection/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from './all-done.ts';
import { Reading, type Versions } from './detection-reading.ts';
import { readHeld } from './held-alerts.ts';
import { neighboursOf } from './neighbours.ts';
import { readRest, slotsFor } from './threshold-slots.ts';

/** What was loaded, and the configuration that is in force: it is read in the same step, so no decision follows an old one. */
export interface DetectionLoad extends Versions {
  /** Without what keeps alerts quiet, whose version is beside it. */
  readonly loaded: Loaded;
}

/**
 * What a decision on these alerts is made from. One step of parallel consistent reads; further ones only for alerts that say
 * no more than "resolved", for the slots of a threshold that lie beside a firing (all of them where more must be known, or `isWhole`
 * asks for it), and for the alerts that wait in them. Slots are written under the guard's
 * version, so they are read after it: a guard that is newer than what was read of its slots would let a worker write who never saw the last of them.
 */
export async function loadForDetection(
  org: OrganisationId,
  alerts: readonly AlertInBatch[],
  deciding: Deciding,
  isWhole = false,
): Promise<DetectionLoad> {
  const { rules, correlating, inhibitions } = deciding;
  const reading = new Reading(org);
  const { versions, held, waiting, firings, storm } = await readNamed(org, alerts, deciding, reading);
  const neighbours = new Map<string, readonly OpenIncident[]>();
  const counted = await slotsFor(org, firings, reading.heads);
  const loaded: Loaded = {
    ...{ org, rules, heads: reading.heads, guards: reading.guards, ...counted, neighbours, held, waiting },
    ...(correlating && { correlating }),
    ...(inhibitions && { inhibitions }),
    ...(storm && { storm }),
  };
  do await complete(loaded, reading);
  while (await readRest(loaded, counted, isWhole));
  await lookAround(loaded, firings, neighbours, reading);
  return { loaded, ...versions };
}

/** Reads what the alerts themselves name, and then what is named by those that are held back. */
async function readNamed(
  org: OrganisationId,
  alerts: readonly AlertInBatch[],
  { rules, inhibitions, stormLimit }: Deciding,
  reading: Reading,
) {
  const isCounted = stormLimit !== undefined;
  const told = alerts.flatMap((alert) => alert.firings);
  const said = openingAmong(told, rules);
  const versions = await reading.first({
    heads: alerts.map(({ fingerprint }) => fingerprint),
    // What a rule keeps without an incident mutes others, too.
    guards: [...hashesOf(said), ...mutingAmong(told, inhibitions)],
    ...(isCounted && { counts: countsNeeded(said) }),
  });
  const [held, waiting] = await allDone([
    readAgain(org, heldAgain(alerts, reading.heads)),
    readAgain(org, waitingAgain(alerts, reading.heads)),
  ]);
  // Each as it is decided: by another severity it may go to another key.
  const heldNow = [...reading.heads.values()].flatMap((head) => [
    ...heldFirings(head, held.get(head.fingerprint)),
    ...[waiting.get(head.fingerprint)].filter((one) => one !== undefined),
  ]);
  const firings = [...said, ...openingAmong(heldNow, rules)];
  const storm = isCounted && { limit: stormLimit, counts: reading.counts };
  // Of what is held back the counts are not read yet, so its storms are read in any case.
  const storms = storm ? [...stormsNear(storm, said), ...stormsOf(heldNow)] : [];
  const hashes = [...hashesOf(firings), ...mutingAmong(heldNow, inhibitions), ...storms];
  await reading.more({
    guards: newAmong(hashes, reading.guards),
    ...(isCounted && { counts: countsNeeded(firings).filter(({ name }) => !reading.counts.has(name)) }),
  });
  return { versions, held, waiting, firings, storm };
}

/** Reads the open incidents beside which others would open, and what is needed because of them. */
async function lookAround(
  loaded: Loaded,
  firings: readonly Looking[],
  neighbours: Map<string, readonly OpenIncident[]>,
  reading: Reading,
): Promise<void> {
  const { org, correlating } = loaded;
  const openings = needNeighbours(loaded, firings);
  if (!correlating || openings.length === 0) return;
  for (const [hash, found] of await neighboursOf(org, openings, correlating)) neighbours.set(hash, found);
  await complete(loaded, reading);
}

const newAmong = (hashes: readonly string[], known: ReadonlyMap<string, unknown>): readonly string[] =>
  [...new Set(hashes)].filter((hash) => !known.has(hash));

/** The groups in which alerts mute each other. */
const mutingAmong = (firings: readonly Received[], inhibitions: Loaded['inhibitions']): readonly string[] =>
  firings
    .flatMap((firing) => [
      ...(inhibitions?.sourcesOf(firing) ?? []),
      ...(inhibitions?.targetsOf(firing) ?? []),
    ])
    .map(({ hash }) => hash);

interface Looking extends ReturnType<typeof lookingFor>, Received {}

/** Those that want an incident, each with its match. */
const openingAmong = (firings: readonly Received[], rules: Loaded['rules']): readonly Looking[] =>
  firings
    .map((firing) => ({ ...lookingFor(rules, firing), ...firing }))
    .filter(({ match }) => match.does === 'open');

const hashesOf = (firings: readonly Looking[]): readonly string[] => [
  ...new Set(firings.map(({ match }) => match.hash)),
];

/** What decides, of one version of the configuration. */
interface Deciding extends Pick<Loaded, 'rules' | 'correlating' | 'inhibitions'> {
  /** Absent where openings are not counted. */
  readonly stormLimit?: number;
}

/** Reads what is needed because of what was read. */
async function complete(loaded: Loaded, reading: Reading): Promise<void> {
  for (let needed = stillNeeded(loaded); isSomething(needed); needed = missing(loaded, needed))
    await reading.more(needed);
}

/** What was kept of alerts that came into no incident, as it comes now. */
async function readAgain(
  org: OrganisationId,
  wanted: readonly HeldAgain[],
): Promise<ReadonlyMap<string, HeldAlert>> {
  const held = await readHeld(org, wanted);
  return new Map(
    wanted.flatMap((again) => {
      const one = held.get(again.fingerprint);
      return one ? [[again.fingerprint, asItComes(one, again)] as const] : [];
    }),
  );
}

const isSomething = ({ guards, heads }: Needed): boolean => guards.length + heads.length > 0;

type Needed = ReturnType<typeof stillNeeded>;

/** What a further step must read. A head that waits in a slot but is gone is not asked for twice. */
function missing(loaded: Loaded, asked: Needed): Needed {
  const { guards, heads } = stillNeeded(loaded);
  return { guards, heads: heads.filter((fingerprint) => !asked.heads.includes(fingerprint)) };
}
