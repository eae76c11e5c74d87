import type { ExplainedStep } from '../../alerts/index.ts';
import {
  actorText,
  groupedBy,
  type LoggedFact,
  type NextStep,
  severityText,
  splitFrom,
} from '../../incidents/index.ts';
import { exactly, type Instant, MINUTE } from '../../kernel/index.ts';
import type { IncidentRecord } from './incident-record.ts';
import { isSameWrite } from './log-entry.ts';
import type { AlertIn, AlertsIn } from './members.ts';
import { lastingLines } from './pages.ts';
import { countOf, ended, timeWords } from './words.ts';

/** How an incident began, and with which alerts. */
export function openingSteps(
  { facts, incident }: IncidentRecord,
  { came }: AlertsIn,
): readonly ExplainedStep[] {
  const opening = facts.find((fact) => fact.type === 'incident.opened');
  if (!opening) return [];
  const { correlation, severity, next } = opening.data;
  const first = came.filter(({ fact, cameWith }) => cameWith === undefined && isSameWrite(fact, opening));
  const late = opening.recordedAt - opening.occurredAt;
  return [
    {
      about: 'opening',
      basis: 'recorded',
      at: opening.recordedAt,
      text: openingWords(opening),
      lines: [
        ...firstLines(first, opening),
        ...(late > 1_000
          ? [`It counts from ${timeWords(opening.occurredAt)}, ${exactly(late)} before it was opened.`]
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

/** How long an alert had fired when the incident was opened, where it had waited for others. */
const waitedWords = (at: Instant, { recordedAt, occurredAt }: Opening): string =>
  recordedAt - at > MINUTE && at > occurredAt
    ? ` It had fired at ${timeWords(at)}, ${exactly(recordedAt - at)} before the incident was opened.`
    : '';

/** Alerts that are told of by name. */
const MOST_TOLD = 5;

/** The alerts with which it began; why they are here is told with all its alerts, once. */
function firstLines(first: AlertsIn['alerts'], opening: Opening): readonly string[] {
  const isSplit = splitFrom(opening.data.correlation) !== undefined;
  const [one, ...others] = first;
  if (!one) return [];
  const nameOf = ({ entry }: AlertIn): string => `“${entry.title}” (${severityText(entry.severity)})`;
  const told = first.slice(0, MOST_TOLD);
  const more = first.length - told.length;
  const rest = more > 0 ? [`and ${more} more`] : [];
  if (others.length === 0)
    return [isSplit ? `${nameOf(one)} came along: ${ended(one.why)}` : `${nameOf(one)} came first.`];
  if (others.some(({ why }) => why !== one.why))
    return [
      ...told.map(
        (each) =>
          `${nameOf(each)} ${isSplit ? 'came along' : 'was among the first'}: ${ended(each.why)}${waitedWords(each.entry.at, opening)}`,
      ),
      ...rest,
    ];
  return [
    isSplit
      ? `${countOf(first.length, 'alert')} came along: ${ended(one.why)}`
      : `${countOf(first.length, 'alert')} came first, together.`,
    ...told.map((each) => `${nameOf(each)}.${waitedWords(each.entry.at, opening)}`),
    ...rest,
  ];
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
