import { type Incident, type IncidentFact, isOpen, type LoggedFact } from '../../shared/incidents/index.ts';
import {
  type Actor,
  type Cause,
  type IncidentId,
  type Instant,
  idOf,
  isTooDeep,
  monthOf,
  type OrganisationId,
  type Placed,
} from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import type { Item, Write } from './table.ts';

/** Who records, when, and because of what. */
export interface Recording {
  readonly actor: Actor;
  readonly now: Instant;
  readonly cause?: Cause;
}

/** Attributes that only the table knows; what is left of a row is what was stored. */
const ownAttributes = new Set([
  'pk',
  'sk',
  'kind',
  'via',
  'react',
  'gsi1pk',
  'gsi1sk',
  'gsi2pk',
  'gsi2sk',
  'ttl',
]);

/** The row without the table's own attributes. We wrote it, so it has the shape that we gave it. */
export function stored<Value>(row: object): Value {
  const given = row as Readonly<Record<string, unknown>>;
  const value: Record<string, unknown> = {};
  // Thousands of rows are read for hundreds of people who come at once: a list of pairs of each would take twice as long.
  for (const name in given) if (!ownAttributes.has(name)) value[name] = given[name];
  return value as Value;
}

/** The head's row: in the month index always, in the due index while a step is planned. */
export function incidentRow(incident: Incident): Item {
  const { org, id: inc, openedAt } = incident;
  const due = incident.state === 'triggered' ? incident.next : undefined;
  const place = { org, inc, openedAt, month: monthOf(openedAt) };
  return {
    ...schema.incidentHead.key(place),
    ...schema.incidentHead.index('gsi1', place),
    ...(due &&
      schema.incidentHead.index('gsi2', { org, inc, dueAt: due.dueAt, shard: shardOf(inc, shards.due) })),
    kind: 'incident',
    ...incident,
  };
}

/** How the people in the room are told of a fact: by the stream's reader, or by who recorded it. */
export type Way = 'stream' | 'pushed';

/** A fact under its number, with the marks that the stream readers filter on. */
export function factRow(fact: LoggedFact, via: Way = 'stream'): Item {
  return {
    ...schema.fact.key({ org: fact.org, inc: fact.incidentId, seq: fact.seq }),
    kind: 'fact',
    via,
    react: isTooDeep(fact) || fact.type === 'void' ? 'no' : 'yes',
    ...fact,
  };
}

/** A fact with its number and envelope. */
export function logged<F extends IncidentFact>(
  org: OrganisationId,
  incidentId: IncidentId,
  seq: number,
  fact: F,
  recording: Recording,
): F & Placed {
  const id = idOf('fact', recording.now, incidentId, String(seq));
  const { actor, now: recordedAt, cause } = recording;
  return { ...fact, id, org, incidentId, seq, recordedAt, actor, ...(cause && { cause }) };
}

/** Keeps the list of open incidents in step with a head. */
export function pointerWrite(incident: Incident): Write {
  const service = incident.service ?? '-';
  const key = schema.openPointer.key({
    org: incident.org,
    shard: shardOf(service, shards.open),
    service,
    inc: incident.id,
  });
  if (!isOpen(incident) || incident.deletedAt !== undefined) return { delete: key };
  return { put: { ...key, kind: 'pointer', ...incident } };
}

/** The head at the version that was read, and its row in the list of open incidents. */
export function headWrites(before: Incident | undefined, after: Incident): readonly Write[] {
  const guard = before ? { ifVersion: before.version } : { ifNew: true };
  const wasListed = before !== undefined && isOpen(before) && before.deletedAt === undefined;
  const isListed = isOpen(after) && after.deletedAt === undefined;
  return [{ put: incidentRow(after), ...guard }, ...(wasListed || isListed ? [pointerWrite(after)] : [])];
}

export function factWrites(facts: readonly LoggedFact[]): readonly Write[] {
  return facts.map((fact) => ({ put: factRow(fact), ifNew: true }));
}
