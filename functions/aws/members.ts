import type { SignalState } from '../../shared/alerts/index.ts';
import {
  type AlertHead,
  type Guard,
  isClosedByHand,
  isDecisive,
  isHere,
  windowOf,
} from '../../shared/detection/index.ts';
import type { LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { alertKey } from './alert-key.ts';
import { stored } from './incident-rows.ts';
import { latestFacts } from './log-pages.ts';
import { table } from './table.ts';

/** Heads that are loaded at once. */
const HEADS = 100;

/**
 * The alerts that ever joined an incident or one that was merged into it; of an incident in which one goes on no more than it
 * takes to find one that `decides`: by itself, that it goes on. The log says which are likely to, so these are looked at first; the heads decide.
 */
export async function membersOf(
  org: OrganisationId,
  guard: Guard,
  incident: IncidentId,
  decides?: (head: AlertHead) => boolean,
): Promise<readonly AlertHead[]> {
  const window = windowOf(guard, incident);
  if (!window) return [];
  const isEnough = decides ?? ((head: AlertHead) => isDecisive(guard, window, head));
  // What a person ended stays so for all members but those of whom they could not know.
  if (isClosedByHand(window)) return loadHeads(org, await joinedSince(org, incident, window.knew));
  const members: AlertHead[] = [];
  const known = new Set<string>();
  const over: string[] = [];
  const hasFound = async (fingerprints: readonly string[]): Promise<boolean> => {
    const heads = (await loadHeads(org, fingerprints)).filter((head) => isHere(guard, window, head));
    members.push(...heads);
    return heads.some(isEnough);
  };
  for await (const facts of logsOf(org, incident)) {
    const last = new Map(facts.toReversed().flatMap(entriesIn));
    const on: string[] = [];
    for (const [fingerprint, state] of last) {
      if (!known.has(fingerprint)) (state === 'resolved' ? over : on).push(fingerprint);
      known.add(fingerprint);
    }
    for (let i = 0; i < on.length; i += HEADS) if (await hasFound(on.slice(i, i + HEADS))) return members;
  }
  for (let i = 0; i < over.length; i += HEADS) if (await hasFound(over.slice(i, i + HEADS))) return members;
  return members;
}

/** The alerts that joined an incident under a later number than this. */
async function joinedSince(
  org: OrganisationId,
  incident: IncidentId,
  knew: number | undefined,
): Promise<readonly string[]> {
  if (knew === undefined) return [];
  const joined = new Set<string>();
  for await (const facts of latestFacts(org, incident)) {
    const later = facts.filter(({ seq }) => seq > knew);
    for (const [fingerprint] of later.flatMap(entriesIn)) joined.add(fingerprint);
    if (later.length < facts.length) break;
  }
  return [...joined];
}

/** The log of an incident and of all that were merged into it, from the latest facts backwards. */
async function* logsOf(org: OrganisationId, incident: IncidentId): AsyncGenerator<readonly LoggedFact[]> {
  const logs = [incident];
  const asked = new Set<IncidentId>();
  for (let id = logs.pop(); id; id = logs.pop()) {
    if (asked.has(id)) continue;
    asked.add(id);
    for await (const facts of latestFacts(org, id)) {
      for (const fact of facts) if (fact.type === 'incident.absorbed') logs.push(fact.data.from);
      yield facts;
    }
  }
}

function entriesIn(fact: LoggedFact): readonly (readonly [fingerprint: string, state: SignalState])[] {
  return fact.type === 'alerts.changed'
    ? fact.data.entries.map(({ fingerprint, state }) => [fingerprint, state])
    : [];
}

/** The heads of these alerts, as far as there are any. */
export async function loadHeads(
  org: OrganisationId,
  fingerprints: readonly string[],
): Promise<readonly AlertHead[]> {
  const rows = await table.load(fingerprints.map((fingerprint) => alertKey(org, fingerprint)));
  return rows.flatMap((row) => (row ? [stored<AlertHead>(row)] : []));
}
