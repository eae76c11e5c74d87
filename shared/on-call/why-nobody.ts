import {
  actorText,
  type Incident,
  isMerged,
  type LoggedFact,
  needsHuman,
  severityText,
  splitFrom,
} from '../incidents/index.ts';
import { type Instant, utcText } from '../kernel/index.ts';
import { heldWords, holderName } from './held-words.ts';
import type { PagingRecord } from './paging-record.ts';

type Beginning = Extract<LoggedFact, { type: 'incident.opened' | 'incident.reopened' }>;

/** Why an incident paged nobody in its generation: the same reason after its end as before. */
export function whyNobody(record: PagingRecord): string {
  const { incident, facts, held, waits = [] } = record;
  const began = facts.findLast(
    (fact): fact is Beginning => fact.type === 'incident.opened' || fact.type === 'incident.reopened',
  );
  if (incident.deletedAt !== undefined) return 'it was deleted before a page was due.';
  if (incident.state === 'triggered') {
    const { next } = incident;
    if (!next) return quietWords(incident);
    if (held) return `its first page ${heldWords(held)}.`;
    const kept = next.heldBy === undefined ? '' : `, since ${holderName(next.heldBy)} keeps it back`;
    return [`its first page is due at ${utcText(next.dueAt)} UTC${kept}.`, ...waits].join(' ');
  }
  const due = lastDue(facts);
  if (!due) return began ? `${unplannedWords(began, record)}.` : 'no page of it was planned.';
  const kept = due.by === undefined ? [] : [`${due.by} kept it back.`];
  return [`${endedWords(incident, facts)} ${beforeDue(due.at, incident)}.`, ...kept, ...waits].join(' ');
}

/** Why nothing was planned with what began it, to follow a colon. */
export function unplannedWords(began: Beginning, { incident, facts }: PagingRecord): string {
  const opened = began.type === 'incident.opened' ? 'opened' : 'opened again';
  const severity = began.type === 'incident.opened' ? began.data.severity : incident.severity;
  if (began.data.urgency === 'low')
    return `it was ${opened} with low urgency by its rules, which pages nobody`;
  if (!needsHuman(severity))
    return `it was ${opened} as ${severityText(severity)}, which is recorded and pages nobody`;
  const isTaken = facts.some((fact) => isTakenWith(fact, began));
  const source = began.type === 'incident.opened' ? splitFrom(began.data.correlation) : undefined;
  if (isTaken && source !== undefined) return takenWords(source, began);
  return isTaken
    ? `its alerts were acknowledged in their own source already when it was ${opened}`
    : `its alerts were over already when it was ${opened}`;
}

const isTakenWith = ({ type, recordedAt }: LoggedFact, began: Beginning): boolean =>
  type === 'incident.acknowledged' && recordedAt === began.recordedAt;

/** What its acknowledgement is where that is why nothing was planned with what began it, to follow the words on that; else undefined. */
export function takenText(fact: LoggedFact, record: PagingRecord): string | undefined {
  if (fact.type !== 'incident.acknowledged') return undefined;
  const isTaken = record.facts.some(
    (began) =>
      (began.type === 'incident.opened' || began.type === 'incident.reopened') &&
      began.data.next === undefined &&
      isTakenWith(fact, began),
  );
  return isTaken
    ? `So it is acknowledged since then, by ${actorText(fact.data.by ?? fact.actor)}.`
    : undefined;
}

/** Who is at work on what it was split off from is at work on both. */
function takenWords(source: string, { data }: Beginning): string {
  const { by, at } = ('splitFrom' in data && data.splitFrom?.acknowledged) || {};
  const who = by === undefined ? '' : ` by ${actorText(by)}`;
  const when = at === undefined ? '' : ` at ${utcText(at)} UTC`;
  return `${source}, from which it was split off, had been acknowledged${who}${when}`;
}

/** When its first page was planned for last, and what had put it off. */
function lastDue(facts: readonly LoggedFact[]): { readonly at: Instant; readonly by?: string } | undefined {
  return facts.reduce<{ readonly at: Instant; readonly by?: string } | undefined>((due, { type, data }) => {
    const isPlan =
      type === 'incident.opened' ||
      type === 'incident.reopened' ||
      type === 'incident.severity-changed' ||
      type === 'incident.put-off';
    if (!isPlan || !data.next) return due;
    return {
      at: data.next.dueAt,
      ...(type === 'incident.put-off' && data.by !== undefined && { by: data.by }),
    };
  }, undefined);
}

type Ended = Exclude<Incident, { state: 'triggered' }>;

function endedWords(incident: Ended, facts: readonly LoggedFact[]): string {
  if (incident.state === 'acknowledged') return `${actorText(incident.acknowledgedBy)} acknowledged it`;
  if (isMerged(incident)) return 'it was merged';
  const end = facts.findLast((fact) => fact.type === 'incident.resolved');
  return end?.data.reason === 'alerts-resolved'
    ? 'no alert of it fired any more, so it was resolved'
    : `${actorText(incident.resolvedBy)} resolved it`;
}

function beforeDue(dueAt: Instant, incident: Ended): string {
  const at = incident.state === 'acknowledged' ? incident.acknowledgedAt : incident.resolvedAt;
  const when = `at ${utcText(at)} UTC`;
  return dueAt > at
    ? `${when}, before its first page was due at ${utcText(dueAt)} UTC`
    : `${when}, before its first page was sent`;
}

function quietWords({ severity, urgency }: Incident): string {
  if (!needsHuman(severity)) return `it is ${severityText(severity)}, which is recorded and pages nobody.`;
  if (urgency === 'low') return 'it is of low urgency by its rules, which is recorded and pages nobody.';
  return 'no step of its escalation is planned.';
}
