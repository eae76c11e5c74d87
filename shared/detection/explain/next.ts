import type { ExplainedStep } from '../../alerts/index.ts';
import {
  type Acknowledged,
  actorText,
  type HeldStep,
  type Incident,
  type NextStep,
  nameOf,
  noPageWords,
  takenBefore,
} from '../../incidents/index.ts';
import { utcText } from '../../kernel/index.ts';
import type { IncidentRecord } from './incident-record.ts';
import { isSameWrite } from './log-entry.ts';
import type { AlertsIn } from './members.ts';
import { reopenLines } from './reopen.ts';
import { countOf, timeWords } from './words.ts';

/** What happens by itself from now on. */
export function nextStep(record: IncidentRecord, { came, alerts }: AlertsIn): ExplainedStep {
  const { incident, guard, into, now } = record;
  const on = alerts.filter(({ last }) => last.state !== 'resolved').length;
  return {
    about: 'next',
    basis: 'recomputed',
    text: into
      ? mergedWords(record.on?.at(-1)?.incident ?? into, { came, alerts })
      : nextWords(record, endsWords(record, alerts.length, on)),
    lines: reopenLines(incident, guard, now),
  };
}

function mergedWords(into: Incident, { came, alerts }: AlertsIn): string {
  const goes = `It goes on in ${nameOf(into)}, into which it was merged`;
  if (came.length === 0) return `${goes}.`;
  if (alerts.length === 0) return `${goes}; none of its alerts is there any more.`;
  if (came.length !== alerts.length)
    return `${goes}; ${alerts.length} of its ${came.length} alerts ${alerts.length === 1 ? 'is' : 'are'} there now.`;
  return `${goes}; its ${countOf(alerts.length, 'alert')} went along and ${alerts.length === 1 ? 'counts' : 'count'} there.`;
}

/** What ends it by itself, with a space before. */
function endsWords({ flapping, now }: IncidentRecord, alerts: number, on: number): string {
  if (on > 0)
    return ` It is resolved by itself when ${on === 1 ? 'the alert that still is on has' : `${on} alerts that still are on have`} cleared.`;
  if (alerts === 0 || !flapping || flapping.until <= now) return '';
  return ` No alert of it fires now. It stays open all the same until ${timeWords(flapping.until)}, since “${flapping.title}” flaps: it began and ended often. If nothing fires by then, it is resolved.`;
}

function nextWords({ incident, held, facts }: IncidentRecord, ends: string): string {
  switch (incident.state) {
    case 'triggered':
      return incident.next
        ? `Step ${incident.next.step} of the escalation comes ${comesWords(incident.next, held)}, unless somebody acknowledges.${ends}`
        : `No further page is planned, since ${noPageWords(incident)}.${ends}`;
    case 'acknowledged':
      return `Nobody else is paged, since ${takenWords(incident, facts)}.${ends}`;
    default:
      return incident.mergedInto === undefined
        ? 'It is over; nothing happens by itself unless an alert of its group fires again.'
        : `It goes on in the incident that it was merged into (${incident.mergedInto}).`;
  }
}

/** Who is at work on it: what was split off from an acknowledged incident has that from there. */
function takenWords(
  { acknowledgedBy, acknowledgedAt }: Acknowledged,
  facts: IncidentRecord['facts'],
): string {
  const opening = facts.find((fact) => fact.type === 'incident.opened');
  const taken = facts.findLast((fact) => fact.type === 'incident.acknowledged');
  const before = opening && taken && isSameWrite(taken, opening) ? takenBefore(opening.data) : undefined;
  return before ?? `${actorText(acknowledgedBy)} acknowledged it at ${timeWords(acknowledgedAt)}`;
}

function comesWords({ dueAt }: NextStep, held: HeldStep | undefined): string {
  if (!held) return `at ${utcText(dueAt)} UTC`;
  return held.until === undefined
    ? `when no alert fires any more that mutes it (${held.by})`
    : `at ${utcText(held.until)} UTC, since ${held.by} holds it until then`;
}
