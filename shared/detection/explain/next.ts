import type { ExplainedStep } from '../../alerts/index.ts';
import {
  actorText,
  type HeldStep,
  type Incident,
  type NextStep,
  nameOf,
  noPageWords,
} from '../../incidents/index.ts';
import { utcText } from '../../kernel/index.ts';
import type { IncidentRecord } from './incident-record.ts';
import type { AlertsIn } from './members.ts';
import { reopenLines } from './reopen.ts';
import { countOf, timeWords } from './words.ts';

/** What happens by itself from now on. */
export function nextStep(record: IncidentRecord, { alerts }: AlertsIn): ExplainedStep {
  const { incident, guard, held, into, now } = record;
  const on = alerts.filter(({ last }) => last.state !== 'resolved').length;
  return {
    about: 'next',
    basis: 'recomputed',
    text: into
      ? mergedWords(into, alerts.length)
      : nextWords(incident, endsWords(record, alerts.length, on), held),
    lines: reopenLines(incident, guard, now),
  };
}

const mergedWords = (into: Incident, alerts: number): string =>
  `It goes on in ${nameOf(into)}, into which it was merged${alerts === 0 ? '' : `; its ${countOf(alerts, 'alert')} went along and ${alerts === 1 ? 'counts' : 'count'} there`}.`;

/** What ends it by itself, with a space before. */
function endsWords({ flapping, now }: IncidentRecord, alerts: number, on: number): string {
  if (on > 0)
    return ` It is resolved by itself when ${on === 1 ? 'the alert that still is on has' : `${on} alerts that still are on have`} cleared.`;
  if (alerts === 0 || !flapping || flapping.until <= now) return '';
  return ` No alert of it fires now. It stays open all the same until ${timeWords(flapping.until)}, since “${flapping.title}” flaps: it began and ended often. If nothing fires by then, it is resolved.`;
}

function nextWords(incident: Incident, ends: string, held: HeldStep | undefined): string {
  switch (incident.state) {
    case 'triggered':
      return incident.next
        ? `Step ${incident.next.step} of the escalation comes ${comesWords(incident.next, held)}, unless somebody acknowledges.${ends}`
        : `No further page is planned, since ${noPageWords(incident)}.${ends}`;
    case 'acknowledged':
      return `Nobody else is paged, since ${actorText(incident.acknowledgedBy)} acknowledged it at ${timeWords(incident.acknowledgedAt)}.${ends}`;
    default:
      return incident.mergedInto === undefined
        ? 'It is over; nothing happens by itself unless an alert of its group fires again.'
        : `It goes on in the incident that it was merged into (${incident.mergedInto}).`;
  }
}

function comesWords({ dueAt }: NextStep, held: HeldStep | undefined): string {
  if (!held) return `at ${utcText(dueAt)} UTC`;
  return held.until === undefined
    ? `when no alert fires any more that mutes it (${held.by})`
    : `at ${utcText(held.until)} UTC, since ${held.by} holds it until then`;
}
