import { type Count, minutesOf } from '../../shared/alerts/index.ts';
import {
  type AlertEntry,
  absorbedIn,
  type Incident,
  type LoggedFact,
  membersIn,
} from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { readCounts } from '../aws/counts.ts';
import { readFacts } from '../aws/incident-log.ts';
import { countedUntil } from '../aws/uncounted.ts';

/** The alerts of an incident, those of the incidents that were merged into it included. */
export async function alertsOf(
  org: OrganisationId,
  id: IncidentId,
  now: Instant,
): Promise<readonly AlertEntry[]> {
  const own = await allFacts(org, id, now);
  const absorbed: (readonly LoggedFact[])[] = [];
  const wanted = new Set(absorbedIn(own));
  for (const other of wanted) {
    const log = await allFacts(org, other, now);
    absorbed.push(log);
    for (const more of absorbedIn(log)) wanted.add(more);
  }
  return membersIn(own, ...absorbed);
}

/** How often these alerts were received; without counts when there are too many of them, or it is too long ago. */
export interface Counted {
  readonly counts?: ReadonlyMap<string, Count>;
  /** Everything that was received before this is in the counts. */
  readonly until: Instant;
}

/** Counts alerts over the time of an incident. */
export async function counted(
  incident: Incident,
  alerts: readonly AlertEntry[],
  now: Instant,
): Promise<Counted> {
  const { org, openedAt } = incident;
  const minutes = minutesOf(openedAt, incident.state === 'resolved' ? incident.resolvedAt : undefined, now);
  // First: what is counted after this is in the counts, perhaps, but what was counted before must be.
  const until = await countedUntil(org, now);
  const fingerprints = alerts.map(({ fingerprint }) => fingerprint);
  const counts = await readCounts(org, fingerprints, minutes, now);
  return { until, ...(counts && { counts }) };
}

const PAGE = 1_000;

async function allFacts(org: OrganisationId, id: IncidentId, now: Instant): Promise<readonly LoggedFact[]> {
  const all: LoggedFact[] = [];
  for (let after = 0; ; ) {
    const { facts, last } = await readFacts(org, id, { after, limit: PAGE, now });
    all.push(...facts);
    if (facts.length < PAGE) return all;
    after = last;
  }
}
