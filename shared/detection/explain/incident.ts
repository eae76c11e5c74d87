import type { ExplainedStep, Explanation } from '../../alerts/index.ts';
import {
  actorText,
  groupedBy,
  type Incident,
  nameOf as incidentName,
  severityText,
  splitFrom,
} from '../../incidents/index.ts';
import { historyStep, linkStep, severityStep } from './changes.ts';
import { heldBeforeSteps } from './held-before.ts';
import type { IncidentRecord } from './incident-record.ts';
import { type AlertsIn, alertSteps, alertsIn } from './members.ts';
import { nextStep } from './next.ts';
import { openingSteps } from './opening.ts';
import { ownEndSteps } from './own-ends.ts';
import { countOf, timeWords } from './words.ts';

/** Explains how an incident opened, why its alerts are in it, whom it paged and why not others, and what comes next. */
export function explainIncident(record: IncidentRecord): Explanation {
  const { facts, paging, untold, unread = 0 } = record;
  const alerts = alertsIn(facts, record);
  return {
    summary: summaryOf(record, alerts),
    steps: [
      ...openingSteps(record, alerts),
      ...alertSteps(alerts),
      ...heldBeforeSteps(record, alerts),
      ...facts.flatMap((fact) => severityStep(fact, facts, record)),
      ...facts.flatMap((fact) => linkStep(fact, record, alerts)),
      ...paging.steps,
      ...facts.flatMap((fact) => historyStep(fact, record)),
      ...ownEndSteps(record, alerts),
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

/** Which people moved elsewhere since. */
function movedWords({ came }: AlertsIn): string {
  const byName = [...Map.groupBy(came, ({ movedTo = '' }) => movedTo)].filter(([name]) => name !== '');
  const told = byName
    .slice(0, 3)
    .map(([name, some]) => `${some.length} ${some.length === 1 ? 'was' : 'were'} moved into ${name} since`);
  const more = byName.length - told.length;
  return told.length === 0
    ? ''
    : `; ${told.join(', ')}${more > 0 ? `, others into ${countOf(more, 'other incident')}` : ''}`;
}

function summaryOf(record: IncidentRecord, alerts: AlertsIn): string {
  const { incident, paging } = record;
  const { came } = alerts;
  const { severity } = incident;
  const name = incidentName(incident);
  const opened = `${name} was ${openedWords(incident)}`;
  const inside =
    came.length === 0
      ? ''
      : ` ${countOf(came.length, 'alert')} came in${withOthers(came)}${movedWords(alerts)}.`;
  return `${opened}; it is ${severityText(severity)}.${inside}${mergedWords(record, alerts)} ${paging.summary}`;
}

/** Where it goes on, and its alerts, as far as nobody moved them on from there. */
function mergedWords({ into, on = [] }: IncidentRecord, { came, alerts }: AlertsIn): string {
  if (!into) return '';
  const last = on.at(-1)?.incident ?? into;
  const through = last.id === into.id ? '' : `, which was merged into ${incidentName(last)}`;
  const name = `${incidentName(into)}${through}`;
  if (came.length === 0) return ` It was merged into ${name}, where it goes on.`;
  if (alerts.length === 0) return ` It was merged into ${name}, where none of its alerts is any more.`;
  const rest = came.length === alerts.length ? 'its alerts' : 'the others';
  return ` It was merged into ${name}, where ${rest} are now.`;
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
