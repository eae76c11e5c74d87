import type { ExplainedStep } from '../../alerts/index.ts';
import {
  actorText,
  groupedBy,
  type LoggedFact,
  type NextStep,
  severityText,
  splitFrom,
} from '../../incidents/index.ts';
import type { Instant } from '../../kernel/index.ts';
import type { IncidentRecord } from './incident-record.ts';
import { isSameWrite } from './log-entry.ts';
import type { AlertsIn } from './members.ts';
import { lastingLines } from './pages.ts';
import { apartWords, countOf, ended, timeWords } from './words.ts';

/** How an incident began, and with which alerts. */
export function openingSteps(
  { facts, incident }: IncidentRecord,
  { alerts }: AlertsIn,
): readonly ExplainedStep[] {
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
