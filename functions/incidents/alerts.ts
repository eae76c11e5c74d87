import { type Count, minutesOf } from '../../shared/alerts/index.ts';
import { type AlertEntry, type AlertsFold, type Incident, membersIn } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { costOf, readCounts } from '../aws/counts.ts';
import { countedUntil } from '../aws/uncounted.ts';
import { readAlerts } from './alert-folds.ts';

/** The alerts of an incident, those of the incidents that were merged into it included. */
export async function alertsOf(
  org: OrganisationId,
  id: IncidentId,
  now: Instant,
): Promise<readonly AlertEntry[]> {
  const own = await readAlerts(org, id, now);
  const absorbed: AlertsFold[] = [];
  const asked = new Set([id]);
  for (let wanted = own.absorbed; wanted.length > 0; ) {
    for (const other of wanted) asked.add(other);
    const read = await allDone(wanted.map((other) => readAlerts(org, other, now)));
    absorbed.push(...read);
    wanted = [...new Set(read.flatMap((fold) => fold.absorbed))].filter((other) => !asked.has(other));
  }
  return membersIn(own, absorbed);
}

/** How often these alerts were received; without counts when that would cost too much, or it is too long ago. */
export interface Counted {
  readonly counts?: ReadonlyMap<string, Count>;
  /** Everything that was received before this is in the counts. */
  readonly until: Instant;
}

/** Hours of alerts that an answer about an incident may cost, and one about a page of its alerts: the console asks every 3 s. */
export const MOST_HOURS = { incident: 500, page: 2_500 } as const;

/** Counts alerts over the time of an incident, if that is no more than so many hours of alerts. */
export async function counted(
  incident: Incident,
  alerts: readonly AlertEntry[],
  now: Instant,
  most: number,
): Promise<Counted> {
  const { org, openedAt } = incident;
  const minutes = minutesOf(openedAt, incident.state === 'resolved' ? incident.resolvedAt : undefined, now);
  // First: what is counted after this is in the counts, perhaps, but what was counted before must be.
  const until = await countedUntil(org, now);
  const stretch = { minutes, now, until };
  if (costOf(alerts.length, stretch) > most) return { until };
  const fingerprints = alerts.map(({ fingerprint }) => fingerprint);
  const counts = await readCounts(org, fingerprints, stretch);
  return { until, ...(counts && { counts }) };
}
