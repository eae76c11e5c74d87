import type { ExplainedStep, Explanation } from '../../alerts/index.ts';
import {
  actorText,
  groupedBy,
  type HeldStep,
  type Incident,
  nameOf as incidentName,
  type LoggedFact,
  type NameOf,
  type NextStep,
  needsHuman,
  sentenceOf,
  severityText,
  splitFrom,
  viewFact,
} from '../../incidents/index.ts';
import { type Instant, utcText } from '../../kernel/index.ts';
import type { Guard } from '../guard.ts';
import { type AbsorbedLog, type AlertsIn, alertSteps, alertsIn } from './members.ts';
import { lastingLines } from './pages.ts';
import type { Paging } from './record.ts';
import { reopenLines } from './reopen.ts';
import { isSameWrite } from './window.ts';
import { apartWords, countOf, ended, timeWords } from './words.ts';

/** What is looked at to say why an incident is as it is. */
export interface IncidentRecord {
  readonly now: Instant;
  readonly incident: Incident;
  /** Its log in order; `untold` of it were left out in the middle, since it is very long. */
  readonly facts: readonly LoggedFact[];
  readonly untold: number;
  /** What was merged into it, as far as it was read; `unread` of these were too many. */
  readonly absorbed?: readonly AbsorbedLog[];
  readonly unread?: number;
  /** What keeps its next step back, by what is in force now. */
  readonly held?: HeldStep;
  /** Its alert that flaps and was on last, and until when that must be quiet; absent when none flaps. */
  readonly flapping?: { readonly title: string; readonly until: Instant };
  /** The incident that it was merged into. */
  readonly into?: Incident;
  /** Of its alerts' key; absent when a person declared it. */
  readonly guard?: Guard;
  /** The name of a person of the organisation by id. */
  readonly nameOf: NameOf;
  readonly paging: Paging;
}

/** Explains how an incident opened, why its alerts are in it, whom it paged and why not others, and what comes next. */
export function explainIncident(record: IncidentRecord): Explanation {
  const { absorbed, facts, paging, untold, unread = 0 } = record;
  const alerts = alertsIn(facts, absorbed);
  return {
    summary: summaryOf(record, alerts),
    steps: [
      ...openingSteps(record, alerts),
      ...alertSteps(alerts),
      ...facts.flatMap((fact) => severityStep(fact, facts, record)),
      ...facts.flatMap((fact) => linkStep(fact, record)),
      ...paging.steps,
      ...facts.flatMap((fact) => historyStep(fact, record)),
      ...(untold > 0 ? [untoldStep(untold)] : []),
      ...(unread > 0 ? [unreadStep(unread)] : []),
      nextStep(record, alerts),
    ],
  };
}

/** Some of them came with other incidents: which. */
function withOthers(alerts: AlertsIn['alerts']): string {
  const byName = [...Map.groupBy(alerts, ({ cameWith = '' }) => cameWith)].filter(([name]) => name !== '');
  const told = byName.slice(0, 3).map(([name, some]) => `${some.length} with ${name}`);
  const more = byName.length - told.length;
  return told.length === 0 ? '' : `, of them ${told.join(', ')}${more > 0 ? ` and with ${more} more` : ''}`;
}

function summaryOf({ incident, into, paging }: IncidentRecord, { alerts }: AlertsIn): string {
  const { severity } = incident;
  const name = incidentName(incident);
  const opened = `${name} was ${openedWords(incident)}`;
  const inside =
    alerts.length === 0 ? '' : ` ${countOf(alerts.length, 'alert')} came in${withOthers(alerts)}.`;
  const merged = into
    ? ` It was merged into ${incidentName(into)}, where ${alerts.length === 0 ? 'it goes on' : 'its alerts are now'}.`
    : '';
  return `${opened}; it is ${severityText(severity)}.${inside}${merged} ${paging.summary}`;
}

function openedWords({ correlation, openedAt, openedBy, points }: Incident): string {
  const [at, by] = [timeWords(openedAt), actorText(openedBy)];
  const source = splitFrom(correlation);
  if (source !== undefined)
    return `split off from ${source} at ${timeWords(points?.detectedAt ?? openedAt)} by ${by}, and counts from ${at}, as its first alert does`;
  return correlation && openedBy.kind === 'system'
    ? `opened at ${at} by ${groupedBy(correlation)}, for ${correlation.key}`
    : `declared at ${at} by ${by}`;
}

function openingSteps({ facts, incident }: IncidentRecord, { alerts }: AlertsIn): readonly ExplainedStep[] {
  const opening = facts.find((fact) => fact.type === 'incident.opened');
  if (!opening) return [];
  const { correlation, severity, next } = opening.data;
  const first = alerts.filter(({ fact }) => isSameWrite(fact, opening));
  const source = splitFrom(correlation);
  const late = opening.recordedAt - opening.occurredAt;
  return [
    {
      about: 'opening',
      basis: 'recorded',
      at: opening.recordedAt,
      text: openingWords(opening),
      lines: [
        ...first
          .slice(0, 5)
          .map(
            ({ entry, why }) =>
              `“${entry.title}” (${severityText(entry.severity)}) ${cameWords(source !== undefined, first.length)}: ${ended(why)}`,
          ),
        ...(first.length > 5 ? [`${countOf(first.length - 5, 'other alert')} came with it.`] : []),
        ...(late > 1_000
          ? [`It began at ${timeWords(opening.occurredAt)}, ${apartWords(0, late)} before it was recorded.`]
          : []),
        plannedWords(next, opening.recordedAt),
        ...(opening.data.lasting ? lastingLines(opening.data.lasting) : []),
      ],
      data: {
        severity,
        ...(correlation && { rule: correlation.rule, key: correlation.key }),
        incident: incident.id,
      },
    },
  ];
}

function cameWords(isSplit: boolean, many: number): string {
  if (isSplit) return 'came along';
  return many === 1 ? 'came first' : 'was among the first';
}

type Opening = Extract<LoggedFact, { type: 'incident.opened' }>;

function openingWords({ actor, data: { correlation, severity } }: Opening): string {
  const as = severityText(severity);
  const source = splitFrom(correlation);
  if (source !== undefined) return `${actorText(actor)} split it off from ${source}, as ${as}.`;
  return correlation
    ? `Alerts opened it as ${as}: ${groupedBy(correlation)} groups them by ${correlation.key}.`
    : `${actorText(actor)} declared it as ${as}.`;
}

function plannedWords(next: NextStep | undefined, now: Instant): string {
  if (!next) return 'No page was planned with it.';
  return next.dueAt <= now
    ? 'Its first page was due at once.'
    : `Its first page was planned for ${timeWords(next.dueAt)}.`;
}

function told(
  fact: LoggedFact,
  about: ExplainedStep['about'],
  { nameOf }: IncidentRecord,
): readonly ExplainedStep[] {
  const said = sentenceOf(viewFact(fact), nameOf);
  if (!said) return [];
  const { text, lines, incident } = said;
  return [
    {
      ...{ about, basis: 'recorded', at: fact.occurredAt, text },
      ...(lines && { lines }),
      data: { fact: fact.seq, ...(incident !== undefined && { incident }) },
    },
  ];
}

/** Who made it more or less severe: a person, or the alerts that were written with that. */
function severityStep(
  fact: LoggedFact,
  facts: readonly LoggedFact[],
  record: IncidentRecord,
): readonly ExplainedStep[] {
  if (fact.type !== 'incident.severity-changed') return [];
  const causes = facts.flatMap((other) =>
    other.type === 'alerts.changed' && isSameWrite(other, fact)
      ? other.data.entries.filter(({ severity }) => severity === fact.data.to)
      : [],
  );
  return told(fact, 'severity', record).map((step) => ({
    ...step,
    lines: [
      ...(step.lines ?? []),
      ...causes
        .slice(0, 3)
        .map(({ title, severity }) => `Because of “${title}”, which is ${severityText(severity)}.`),
    ],
  }));
}

const links: ReadonlySet<string> = new Set([
  'incident.merged',
  'incident.absorbed',
  'incident.origin-suspected',
  'incident.related',
  'incident.unrelated',
  'incident.split',
]);

function linkStep(fact: LoggedFact, record: IncidentRecord): readonly ExplainedStep[] {
  if (!links.has(fact.type)) return [];
  const score = 'score' in fact.data && typeof fact.data.score === 'number' ? fact.data.score : undefined;
  return told(fact, 'links', record).map((step) => ({
    ...step,
    lines: [...(step.lines ?? []), ...(score === undefined ? [] : [`Score ${score.toFixed(2)} of 1.`])],
    data: { ...step.data, ...(score !== undefined && { score }) },
  }));
}

/** What ended it and began it again before; the last end is told with the pages. */
function historyStep(fact: LoggedFact, record: IncidentRecord): readonly ExplainedStep[] {
  const { generation } = record.incident;
  if (fact.type === 'incident.reopened' || fact.type === 'incident.mitigated')
    return told(fact, 'history', record);
  return fact.type === 'incident.resolved' && fact.data.generation < generation
    ? told(fact, 'history', record)
    : [];
}

const untoldStep = (untold: number): ExplainedStep => ({
  about: 'history',
  basis: 'recorded',
  text: `Its log is very long: ${untold} entries in the middle were not read for this.`,
});

const unreadStep = (unread: number): ExplainedStep => ({
  about: 'history',
  basis: 'recorded',
  text: `Very much was merged into it: the logs of ${unread} of these incidents were not read for this.`,
});

function nextStep(record: IncidentRecord, { alerts }: AlertsIn): ExplainedStep {
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
  `It goes on in ${incidentName(into)}, into which it was merged${alerts === 0 ? '' : `; its ${countOf(alerts, 'alert')} went along and ${alerts === 1 ? 'counts' : 'count'} there`}.`;

/** What ends it by itself, with a space before. */
function endsWords({ flapping, now }: IncidentRecord, alerts: number, on: number): string {
  if (on > 0)
    return ` It is resolved by itself when ${countOf(on, 'alert')} that still ${on === 1 ? 'is' : 'are'} on ${on === 1 ? 'has' : 'have'} cleared.`;
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
      return `Nobody else is paged, since it is acknowledged.${ends}`;
    default:
      return incident.mergedInto === undefined
        ? 'It is over; nothing happens by itself unless an alert of its group fires again.'
        : `It goes on in the incident that it was merged into (${incident.mergedInto}).`;
  }
}

/** Why an incident that nobody has taken pages nobody any more. */
function noPageWords({ severity, urgency, step }: Extract<Incident, { state: 'triggered' }>): string {
  if (urgency === 'low') return 'its rules give it low urgency';
  if (!needsHuman(severity)) return `it is ${severityText(severity)}, which pages nobody`;
  return step > 0 ? 'everybody of its escalation was paged' : 'nothing of it was to page';
}

function comesWords({ dueAt }: NextStep, held: HeldStep | undefined): string {
  if (!held) return `at ${utcText(dueAt)} UTC`;
  return held.until === undefined
    ? `when no alert fires any more that mutes it (${held.by})`
    : `at ${utcText(held.until)} UTC, since ${held.by} holds it until then`;
}
