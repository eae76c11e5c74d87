import type { ExplainedStep } from '../../alerts/index.ts';
import { type LoggedFact, nameOf, sentenceOf, severityText, viewFact } from '../../incidents/index.ts';
import type { IncidentRecord } from './incident-record.ts';
import { brings, entriesBeside, isSameWrite } from './log-entry.ts';
import type { AlertsIn } from './members.ts';

function told(
  fact: LoggedFact,
  about: ExplainedStep['about'],
  { nameOf: personNamed }: IncidentRecord,
): readonly ExplainedStep[] {
  const said = sentenceOf(viewFact(fact), personNamed);
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
export function severityStep(
  fact: LoggedFact,
  facts: readonly LoggedFact[],
  record: IncidentRecord,
): readonly ExplainedStep[] {
  if (fact.type !== 'incident.severity-changed') return [];
  return told(fact, 'severity', record).map((step) => ({
    ...step,
    lines: [...(step.lines ?? []), ...causeLines(fact, facts), ...mergedLines(fact, facts)],
  }));
}

type Changed = Extract<LoggedFact, { type: 'incident.severity-changed' }>;

/** Alerts that are told of by name as what made it so. */
const MOST_CAUSES = 3;

/** Because of which alerts: the log does not have of which urgency each is, so of several it may have been any that made it page. */
function causeLines(fact: Changed, facts: readonly LoggedFact[]): readonly string[] {
  const causes = entriesBeside(fact, facts).filter((one) => brings(one, fact));
  const named = causes
    .slice(0, MOST_CAUSES)
    .map(({ title, severity }) => `“${title}”, which is ${severityText(severity)}`);
  if (fact.data.urgency !== 'normal' || causes.length < 2) return named.map((name) => `Because of ${name}.`);
  const more = causes.length - named.length;
  return [
    'Because of one of these, at least, which came together:',
    ...named.map((name) => `${name}.`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

/** That it came with an incident that was merged into this: a person merged those, and did not say how severe it is. */
const mergedLines = (fact: Changed, facts: readonly LoggedFact[]): readonly string[] =>
  facts.flatMap((other) => {
    if (other.type !== 'incident.absorbed' || !isSameWrite(other, fact)) return [];
    const { number } = other.data;
    const name = number === undefined ? 'another incident' : nameOf({ number });
    return [
      `Because ${name} was merged into this, which ${fact.data.from === fact.data.to ? 'pages' : 'was as severe'}.`,
    ];
  });

/** The trouble seemed to come from there until it was found to come from elsewhere. */
function isOutdated(fact: LoggedFact, facts: readonly LoggedFact[]): boolean {
  return (
    fact.type === 'incident.origin-suspected' &&
    facts.some((other) => other.type === 'incident.origin-suspected' && other.seq > fact.seq)
  );
}

const links: ReadonlySet<string> = new Set([
  'incident.merged',
  'incident.absorbed',
  'incident.origin-suspected',
  'incident.related',
  'incident.unrelated',
  'incident.split',
]);

/** What was merged, split, related, or suspected as the origin. */
export function linkStep(
  fact: LoggedFact,
  record: IncidentRecord,
  { came }: AlertsIn,
): readonly ExplainedStep[] {
  if (!links.has(fact.type)) return [];
  const score = 'score' in fact.data && typeof fact.data.score === 'number' ? fact.data.score : undefined;
  return told(fact, 'links', record).map((step) => ({
    ...step,
    ...(isOutdated(fact, record.facts) && { text: step.text.replace(' seems ', ' seemed at first ') }),
    lines: [
      ...(step.lines ?? []),
      ...movedLines(fact, came),
      ...(score === undefined ? [] : [`Score ${score.toFixed(2)} of 1.`]),
    ],
    data: { ...step.data, ...(score !== undefined && { score }) },
  }));
}

/** Alerts that are told of by name. */
const MOST_MOVED = 5;

/** Which alerts a person moved elsewhere: the fact has their ids alone. */
function movedLines(fact: LoggedFact, came: AlertsIn['came']): readonly string[] {
  if (fact.type !== 'incident.split') return [];
  const moved = came.filter(({ entry }) => fact.data.alerts.includes(entry.fingerprint));
  const more = moved.length - MOST_MOVED;
  return [
    ...moved
      .slice(0, MOST_MOVED)
      .map(({ last }) => `Moved: “${last.title}” (${severityText(last.severity)}).`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

/** What ended it and began it again before; the last end is told with the pages. */
export function historyStep(fact: LoggedFact, record: IncidentRecord): readonly ExplainedStep[] {
  const { generation } = record.incident;
  if (fact.type === 'incident.reopened' || fact.type === 'incident.mitigated')
    return told(fact, 'history', record);
  return fact.type === 'incident.resolved' && fact.data.generation < generation
    ? told(fact, 'history', record)
    : [];
}
