import type { HeadChange, PastChange } from '../../shared/detection/index.ts';
import type { LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { alertKey } from './alert-key.ts';
import { endingAt } from './lapses.ts';
import { table, type Write } from './table.ts';

/** Heads and past occurrences in one transaction, so that with their facts and the incident it stays under 60 writes. */
const HEADS_AT_ONCE = 25;

/** Heads that are written together; none where only the incident changes. */
export type Group = readonly HeadChange[];

/** The heads in groups by what they write; each has a place, also one that fills a group alone. */
export function grouped(heads: readonly HeadChange[]): readonly [Group, ...Group[]] {
  const groups: [HeadChange[], ...HeadChange[][]] = [[]];
  let room = HEADS_AT_ONCE;
  for (const change of heads) {
    const size = 1 + change.past.length;
    if (size > room && room < HEADS_AT_ONCE) {
      groups.push([]);
      room = HEADS_AT_ONCE;
    }
    groups.at(-1)?.push(change);
    room -= size;
  }
  return groups;
}

/** A head that touches no incident, at the version that was read. */
export async function writeHead(change: HeadChange): Promise<boolean> {
  const { put, past } = alertWrites(change, []);
  // A transaction costs twice as much.
  if (past.length === 0) return table.put(put.put, put);
  return (await table.transact([put, ...past])).committed;
}

/** The alerts of one group. `told` are the facts that tell of them, under their numbers. */
export function alertsWrites(heads: Group, told: readonly LoggedFact[]): readonly Write[] {
  return heads.flatMap((change) => {
    const { put, past } = alertWrites(change, told);
    return [put, ...past];
  });
}

/** An alert's head, whose new memberships get the numbers under which they are told, and its past occurrences. */
function alertWrites({ head, past }: HeadChange, told: readonly LoggedFact[]) {
  const { org, fingerprint, version } = head;
  const memberships = head.memberships.map((membership) => {
    const seq = membership.seq ?? numberOf(fingerprint, membership.incident, told);
    return { ...membership, ...(seq !== undefined && { seq }) };
  });
  const row = {
    ...alertKey(org, fingerprint),
    ...endingAt(head),
    ...{ kind: 'alert', ...head, memberships, version: version + 1 },
  };
  return {
    put: { put: row, ...(version === 0 ? { ifNew: true } : { ifVersion: version }) },
    past: past.map((change) => pastWrite(org, fingerprint, change)),
  };
}

function numberOf(
  fingerprint: string,
  incident: IncidentId,
  told: readonly LoggedFact[],
): number | undefined {
  return told.find((fact) => fact.incidentId === incident && tells(fact, fingerprint))?.seq;
}

const tells = (fact: LoggedFact, fingerprint: string): boolean =>
  fact.type === 'alerts.changed' && fact.data.entries.some((entry) => entry.fingerprint === fingerprint);

/** Under the version of the head that it is written with, so it needs no condition of its own. */
function pastWrite(org: OrganisationId, fp: string, { from, occurrence }: PastChange): Write {
  const key = schema.pastOccurrence.key({ org, fp, startedAt: from });
  if (!occurrence) return { delete: key };
  return { put: { ...key, kind: 'occurrence', org, fingerprint: fp, ...occurrence } };
}
