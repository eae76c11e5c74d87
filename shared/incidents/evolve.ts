import {
  type Actor,
  becauseOf,
  type Cause,
  clipped,
  type IncidentId,
  type Instant,
  type OrganisationId,
} from '../kernel/index.ts';
import type { AcknowledgedFact, ControlFact, Escalated, Opened, Reopened, SeverityChanged } from './facts.ts';
import type {
  Acknowledged,
  Correlation,
  Incident,
  NextStep,
  Points,
  Resolved,
  Triggered,
} from './incident.ts';
import { evolveLink, type Merged } from './links.ts';
import { needsHuman } from './urgency.ts';

/** Whose log a fact is in, who caused it and when it was recorded: what `evolve` needs beside the fact itself. */
export interface Recorded {
  readonly org: OrganisationId;
  readonly incidentId: IncidentId;
  readonly actor: Actor;
  readonly recordedAt: Instant;
  /** Absent while the fact has no place in the log yet. */
  readonly id?: string;
  readonly cause?: Cause;
}

/** What a control fact makes of an incident; the version grows by one with each. */
export function evolveIncident(
  incident: Incident | undefined,
  fact: ControlFact,
  recorded: Recorded,
): Incident {
  if (fact.type === 'incident.opened') return opened(fact, recorded);
  if (!incident) throw new Error(`The log begins with ${fact.type} instead of incident.opened`);
  const moved = { ...incident, version: incident.version + 1, updatedAt: recorded.recordedAt };
  switch (fact.type) {
    case 'incident.acknowledged':
      return acknowledged(moved, fact, recorded);
    case 'incident.escalated':
      return moved.state === 'triggered' ? escalated(moved, fact.data) : moved;
    case 'incident.brought-forward':
    case 'incident.put-off':
      return moved.state === 'triggered' ? withNext(moved, fact.data.next) : moved;
    case 'incident.severity-changed':
      return severityChanged(moved, fact, recorded);
    case 'incident.mitigated':
      return withPoints(moved, { mitigatedAt: fact.occurredAt });
    case 'incident.renamed':
      return { ...moved, title: fact.data.title };
    case 'incident.resolved':
      return resolved(moved, fact, recorded);
    case 'incident.reopened':
      return reopened(moved, fact, recorded);
    case 'incident.merged':
      return merged(moved, fact, recorded);
    case 'incident.deleted':
      return { ...withoutNext(moved), deletedAt: fact.occurredAt };
    default:
      return evolveLink(moved, fact);
  }
}

/** The most bytes that a head keeps of each, so that it stays under 4 KB; the fact has them whole. */
const ROOM = { description: 500, key: 300, name: 100, runbook: 500 };

function opened(fact: Opened, recorded: Recorded): Triggered {
  const { org, incidentId, actor, recordedAt } = recorded;
  const { next, description, correlation, runbook, relates: _, lasting: __, splitFrom, ...data } = fact.data;
  const incident: Triggered = {
    org,
    id: incidentId,
    version: 1,
    generation: 1,
    state: 'triggered',
    step: 0,
    openedAt: fact.occurredAt,
    openedBy: actor,
    updatedAt: recordedAt,
    points: { detectedAt: recordedAt },
    ...data,
    ...(description !== undefined && { description: clipped(description, ROOM.description) }),
    ...(correlation && { correlation: inShort(correlation) }),
    ...(splitFrom && { splitFrom: splitFrom.incident }),
    ...(runbook !== undefined && { runbook: clipped(runbook, ROOM.runbook) }),
  };
  return woken(incident, next, recorded);
}

function inShort({ name, ...correlation }: Correlation): Correlation {
  const short = { ...correlation, key: clipped(correlation.key, ROOM.key) };
  return { ...short, ...(name !== undefined && { name: clipped(name, ROOM.name) }) };
}

function escalated(incident: Triggered, data: Escalated['data']): Triggered {
  const { step, next, after = next?.step, laterFor } = data;
  const { after: _, laterFor: __, ...rest } = incident;
  const passedOver = after !== undefined && after !== step + 1;
  return withNext({ ...rest, step, ...(passedOver && { after }), ...(laterFor && { laterFor }) }, next);
}

function acknowledged(
  incident: Incident,
  { occurredAt, data }: AcknowledgedFact,
  { actor }: Recorded,
): Acknowledged {
  const acknowledgedAt = incident.points?.acknowledgedAt ?? occurredAt;
  return {
    ...withPoints(common(incident), { acknowledgedAt }),
    state: 'acknowledged',
    acknowledgedAt: occurredAt,
    acknowledgedBy: data.by ?? actor,
  };
}

function resolved(incident: Incident, { occurredAt, data }: ControlFact, { actor }: Recorded): Resolved {
  const cleared = 'reason' in data && data.reason === 'alerts-resolved';
  const mitigatedAt = incident.points?.mitigatedAt ?? (cleared ? occurredAt : undefined);
  return {
    ...withPoints(common(incident), mitigatedAt === undefined ? {} : { mitigatedAt }),
    ...{ state: 'resolved', resolvedAt: occurredAt, resolvedBy: actor },
  };
}

function merged(incident: Incident, fact: Merged, recorded: Recorded): Resolved {
  const { into: mergedInto, number } = fact.data;
  return {
    ...resolved(incident, fact, recorded),
    ...{ mergedInto, ...(number !== undefined && { mergedIntoNumber: number }) },
  };
}

/** With this urgency; normal is said by none. */
function urgent<Some extends Pick<Incident, 'urgency'>>(
  incident: Some,
  urgency: 'low' | 'normal' | undefined,
): Some {
  const { urgency: _, ...rest } = incident;
  return { ...rest, ...(urgency === 'low' && { urgency }) } as Some;
}

/** Nothing is added where a version before did not say when the incident was detected. */
function withPoints<Some extends Pick<Incident, 'points'>>(incident: Some, more: Partial<Points>): Some {
  return incident.points ? { ...incident, points: { ...incident.points, ...more } } : incident;
}

function unmitigated<Some extends Pick<Incident, 'points'>>(incident: Some): Some {
  if (!incident.points) return incident;
  const { mitigatedAt: _, ...points } = incident.points;
  return { ...incident, points };
}

/** Who is no longer to be woken has no next step either. */
function severityChanged(before: Incident, { data }: SeverityChanged, recorded: Recorded): Incident {
  const incident = { ...urgent(before, data.urgency ?? before.urgency), severity: data.to };
  if (incident.state !== 'triggered') return incident;
  if (!needsHuman(incident.severity)) return withNext(incident, undefined);
  return data.next ? woken(incident, data.next, recorded) : incident;
}

function reopened(incident: Incident, { data }: Reopened, recorded: Recorded): Triggered {
  const rest = unmitigated(urgent(common(incident), data.urgency));
  return woken({ ...rest, state: 'triggered', generation: data.generation, step: 0 }, data.next, recorded);
}

/** With the first step of an escalation that this fact begins, if it begins one. */
function woken(incident: Triggered, next: NextStep | undefined, { id, cause }: Recorded): Triggered {
  const begins = next !== undefined && id !== undefined;
  return withNext(
    begins ? { ...incident, wokenBy: becauseOf({ id, ...(cause && { cause }) }) } : incident,
    next,
  );
}

/** The part that every state has, so that a change of state leaves nothing of the old one behind. */
function common(incident: Incident) {
  const { org, id, version, number, title, severity, generation, openedAt, openedBy, updatedAt } = incident;
  const { description, service, policy, escalateAfter, runbook, correlation, deletedAt, points } = incident;
  const { origin, reached, related } = incident;
  const { urgency, mutable, splitFrom } = incident;
  return {
    org,
    id,
    version,
    number,
    title,
    severity,
    generation,
    openedAt,
    openedBy,
    updatedAt,
    ...(description !== undefined && { description }),
    ...(service !== undefined && { service }),
    ...(policy !== undefined && { policy }),
    ...(escalateAfter !== undefined && { escalateAfter }),
    ...(runbook !== undefined && { runbook }),
    ...(correlation && { correlation }),
    ...(splitFrom !== undefined && { splitFrom }),
    ...(origin !== undefined && { origin }),
    ...(reached && { reached }),
    ...(related && { related }),
    ...(urgency && { urgency }),
    ...(mutable && { mutable }),
    ...(deletedAt !== undefined && { deletedAt }),
    ...(points && { points }),
  };
}

function withNext(incident: Triggered, next: NextStep | undefined): Triggered {
  const { next: _, ...rest } = incident;
  return next ? { ...rest, next } : rest;
}

function withoutNext(incident: Incident): Incident {
  return incident.state === 'triggered' ? withNext(incident, undefined) : incident;
}
