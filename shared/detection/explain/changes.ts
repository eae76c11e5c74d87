import type { ExplainedStep } from '../../alerts/index.ts';
import { type LoggedFact, sentenceOf, severityText, viewFact } from '../../incidents/index.ts';
import type { IncidentRecord } from './incident-record.ts';
import { isSameWrite } from './log-entry.ts';
import type { AlertsIn } from './members.ts';

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
export function severityStep(
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
