import type { LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { readFacts } from '../aws/incident-log.ts';

/** The fact with this number; undefined when there is none, or not yet. */
export async function factAt(
  org: OrganisationId,
  inc: IncidentId,
  seq: number,
  now: Instant,
): Promise<LoggedFact | undefined> {
  const { facts } = await readFacts(org, inc, { after: seq - 1, limit: 1, now });
  const [fact] = facts;
  return fact?.seq === seq ? fact : undefined;
}

/** The fact with a number that a message guard names, which is written with it. */
export async function factOfGuard(
  org: OrganisationId,
  inc: IncidentId,
  seq: number,
  now: Instant,
): Promise<LoggedFact> {
  const fact = await factAt(org, inc, seq, now);
  if (fact) return fact;
  throw new Error(`The guard of a message names fact ${seq}, which is not there`);
}
