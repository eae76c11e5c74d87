import type { AlertHead, Guard, Joined, Match } from '../../shared/detection/index.ts';
import { isMerged, type LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { readIncidents } from '../aws/alert-heads.ts';
import { allDone } from '../aws/all-done.ts';
import { readGuard } from '../aws/guards.ts';
import { stored } from '../aws/incident-rows.ts';
import { table } from '../aws/table.ts';

/** Facts before and after the one that tells of an alert: what one decision writes lies together. */
const AROUND = 12;

/** How an alert came into its incidents, the newest first. */
export async function joinedOf(org: OrganisationId, { memberships }: AlertHead): Promise<readonly Joined[]> {
  const incidents = await readIncidents(
    org,
    memberships.map(({ incident }) => incident),
  );
  const merged = [...incidents.values()].flatMap((one) =>
    isMerged(one) ? [one.mergedInto as IncidentId] : [],
  );
  const into = await readIncidents(org, merged);
  return allDone(
    memberships.map(async (membership): Promise<Joined> => {
      const incident = incidents.get(membership.incident);
      const other = incident && isMerged(incident) ? into.get(incident.mergedInto as IncidentId) : undefined;
      const { seq } = membership;
      return {
        ...{ membership, ...(incident && { incident }), ...(other && { into: other }) },
        facts: seq === undefined ? [] : await factsAround(org, membership.incident, seq),
      };
    }),
  );
}

async function factsAround(
  org: OrganisationId,
  inc: IncidentId,
  seq: number,
): Promise<readonly LoggedFact[]> {
  const { items } = await table.query({
    partition: schema.fact.partition({ org, inc }),
    from: schema.fact.sort({ seq: Math.max(1, seq - AROUND) }),
    to: schema.fact.sort({ seq: seq + AROUND }),
  });
  return items.map((row) => stored<LoggedFact>(row));
}

/** The most keys that one sends its alerts on to, one after the other. */
const MOST_LINKS = 8;

/** The guards of its own group, of those that this sends its alerts on to, and of those through which it came into incidents. */
export async function guardsFor(
  org: OrganisationId,
  head: AlertHead | undefined,
  match: Match | undefined,
): Promise<ReadonlyMap<string, Guard>> {
  const guards = new Map<string, Guard>();
  const read = async (hash: string): Promise<Guard> => {
    const guard = guards.get(hash) ?? (await readGuard(org, hash));
    guards.set(hash, guard);
    return guard;
  };
  const known = [
    ...(head?.memberships ?? []).map(({ correlation }) => correlation),
    ...(head?.pin ? [head.pin] : []),
  ];
  await allDone([...new Set(known)].map(read));
  let hash = match?.does === 'open' ? match.hash : undefined;
  for (let i = 0; i < MOST_LINKS && hash !== undefined; i++) {
    const { link }: Guard = await read(hash);
    hash = link && !guards.has(link.to) ? link.to : undefined;
  }
  return guards;
}
