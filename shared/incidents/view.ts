import type * as z from 'zod';
import { knownSeverity } from '../alerts/index.ts';
import { toText } from '../kernel/index.ts';
import type { factView, incidentsApi, incidentView } from './api.ts';
import type { LoggedFact, Opened } from './facts.ts';
import { type Correlation, type Incident, incidentStates, type NextStep, nameOf } from './incident.ts';
import type { ServiceSummary } from './service-summary.ts';

export type IncidentView = z.input<typeof incidentView>;
export type FactView = z.input<typeof factView>;

/** An incident as the API shows it. */
export function viewIncident(incident: Incident): IncidentView {
  const { id, number, title, state, severity, version, generation } = incident;
  const { description, service, policy, runbook, urgency, correlation, openedBy, origin, related } = incident;
  return {
    id,
    number,
    name: nameOf(incident),
    title,
    // One of a newer version is shown as what needs somebody.
    state: incidentStates.includes(state) ? state : 'triggered',
    severity: knownSeverity(severity),
    ...(description !== undefined && { description }),
    ...(service !== undefined && { service }),
    ...(policy !== undefined && { policy }),
    ...(runbook !== undefined && { runbook }),
    ...(urgency === 'low' && { urgency }),
    ...(correlation && { correlation: viewCorrelation(correlation) }),
    ...(origin !== undefined && { origin }),
    ...(incident.reached && { reached: [...incident.reached] }),
    ...(related && { related: [...related] }),
    version,
    generation,
    openedAt: toText(incident.openedAt),
    openedBy,
    updatedAt: toText(incident.updatedAt),
    ...viewPoints(incident),
    ...viewState(incident),
  };
}

const viewCorrelation = ({ rule, name, key }: Correlation): NonNullable<IncidentView['correlation']> => ({
  ...{ rule, ...(name !== undefined && { name }), key },
});

function viewPoints({ points }: Incident): Pick<IncidentView, 'detectedAt' | 'mitigatedAt'> {
  if (!points) return {};
  const { detectedAt, mitigatedAt } = points;
  return {
    detectedAt: toText(detectedAt),
    ...(mitigatedAt !== undefined && { mitigatedAt: toText(mitigatedAt) }),
  };
}

type ServiceView = z.input<(typeof incidentsApi)['list-services']['answer']>['items'][number];

/** A service as the API shows it. */
export function viewService({ last, ...service }: ServiceSummary): ServiceView {
  const { id, name, title, state, severity, openedAt } = viewIncident(last);
  return { ...service, last: { id, name, title, state, severity, openedAt } };
}

function viewState(incident: Incident): Partial<IncidentView> {
  switch (incident.state) {
    case 'triggered':
      return { step: incident.step, ...(incident.next && { next: viewStep(incident.next) }) };
    case 'acknowledged':
      return { acknowledgedAt: toText(incident.acknowledgedAt), acknowledgedBy: incident.acknowledgedBy };
    case 'resolved': {
      const { resolvedAt, resolvedBy, mergedInto } = incident;
      return { resolvedAt: toText(resolvedAt), resolvedBy, ...(mergedInto !== undefined && { mergedInto }) };
    }
  }
}

const viewStep = ({ step, dueAt }: NextStep) => ({ step, dueAt: toText(dueAt) });

/** A fact as the API shows it. */
export function viewFact(fact: LoggedFact): FactView {
  const { seq, id, type, actor, cause } = fact;
  const at = { occurredAt: toText(fact.occurredAt), recordedAt: toText(fact.recordedAt) };
  return { seq, id, type, ...at, actor, ...(cause && { cause: cause.id }), data: viewData(fact) };
}

const viewSource = ({ incident, acknowledged }: NonNullable<Opened['data']['splitFrom']>) => ({
  incident,
  ...(acknowledged && { acknowledged: { by: acknowledged.by, at: toText(acknowledged.at) } }),
});

/** What a newer version of the program stored may be of any form. */
function viewData(fact: LoggedFact): FactView['data'] {
  const data: LoggedFact['data'] | null | undefined = fact.data;
  if (data === null || typeof data !== 'object') return {};
  if ('entries' in data)
    return { ...data, entries: data.entries.map((entry) => ({ ...entry, at: toText(entry.at) })) };
  const next = 'next' in data && data.next ? { next: viewStep(data.next) } : {};
  const splitFrom = 'splitFrom' in data && data.splitFrom ? { splitFrom: viewSource(data.splitFrom) } : {};
  return { ...data, ...next, ...splitFrom };
}
