import type { AlertHead, Guard, Joined, Match } from '../../shared/detection/index.ts';
import { type Incident, isMerged, type LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { readAnyIncidents } from '../aws/alert-heads.ts';
import { allDone } from '../aws/all-done.ts';
import { readGuard } from '../aws/guards.ts';
import { stored } from '../aws/incident-rows.ts';
import { table } from '../aws/table.ts';

/** Facts before and after the one that tells of an alert: what one decision writes lies together. */
const AROUND = 12;

/** So often one is followed that was merged into another, which was merged into a third. */
const MOST_MERGES = 8;

/** How an alert came into its incidents, the newest first. */
export async function joinedOf(org: OrganisationId, { memberships }: AlertHead): Promise<readonly Joined[]> {
  const known = new Map<IncidentId, Incident>();
  let wanted: readonly IncidentId[] = memberships.map(({ incident }) => incident);
  for (let i = 0; i <= MOST_MERGES && wanted.length > 0; i++) {
    const read = await readAnyIncidents(org, wanted);
    for (const [id, one] of read) known.set(id, one);
    wanted = [...read.values()].flatMap((one) => nextOf(one)).filter((id) => !known.has(id));
  }
  return allDone(
    memberships.map(async (membership): Promise<Joined> => {
      const { seq } = membership;
      return {
        ...{ membership, ...placesOf(membership.incident, known) },
        facts: seq === undefined ? [] : await factsAround(org, membership.incident, seq),
      };
    }),
  );
}

const nextOf = (one: Incident): readonly IncidentId[] =>
  isMerged(one) ? [one.mergedInto as IncidentId] : [];

/** An incident, and where it went on from there. */
function placesOf(
  id: IncidentId,
  known: ReadonlyMap<IncidentId, Incident>,
): Omit<Joined, 'membership' | 'facts'> {
  const chain: Incident[] = [];
  for (let at = known.get(id); at && !chain.includes(at); ) {
    chain.push(at);
    const [next] = nextOf(at);
    at = next && known.get(next);
  }
  const last = chain.at(-1);
  const isGone = last?.deletedAt !== undefined;
  const [first, ...others] = isGone ? chain.slice(0, -1) : chain;
  const [through, into] = isGone ? [others, undefined] : [others.slice(0, -1), others.at(-1)];
  return {
    ...{ ...(first && { incident: first }), ...(into && { into }) },
    ...(through.length > 0 && { through }),
    ...(isGone && { deleted: last }),
  };
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
