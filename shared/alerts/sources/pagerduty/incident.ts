import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { serviceNamed } from '../../labels.ts';
import type { SaidLink } from '../../links.ts';
import { textOf } from '../../reading.ts';
import { type Severity, severityOf } from '../../severity.ts';
import type { Signal, SignalState } from '../../signal.ts';
import type { Receipt } from '../../source.ts';

/** An event that carries a whole incident. */
export interface IncidentEvent {
  readonly event: JsonRecord;
  /** What follows `incident.` in its type. */
  readonly action: string;
  readonly data: JsonRecord;
  readonly fingerprint: string;
}

/** The events that say by their name what the incident is from then on. */
const changed: ReadonlyMap<string, SignalState> = new Map([
  ['triggered', 'firing'],
  ['reopened', 'firing'],
  ['unacknowledged', 'firing'],
  ['acknowledged', 'acknowledged'],
  ['resolved', 'resolved'],
]);

const statuses: ReadonlyMap<unknown, SignalState> = new Map([
  ['triggered', 'firing'],
  ['acknowledged', 'acknowledged'],
  ['resolved', 'resolved'],
]);

/**
 * The signals of a whole incident. An update, such as of its priority, tells the state in which the incident is since it began; of
 * an acknowledged one it says both, as only a firing has a severity that may be worse than before.
 */
export function incidentSignals(told: IncidentEvent, receipt: Receipt): readonly Signal[] {
  const { event, action, data } = told;
  const state = changed.get(action);
  const began = data.reopened_at ?? data.created_at ?? event.occurred_at;
  if (state !== undefined) {
    const time = action === 'triggered' ? began : event.occurred_at;
    return [signalOf(told, state, time, receipt)];
  }
  const status = statuses.get(data.status) ?? 'firing';
  const firing = status === 'resolved' ? [] : [signalOf(told, 'firing', began, receipt)];
  return status === 'firing' ? firing : [...firing, signalOf(told, status, event.occurred_at, receipt)];
}

function signalOf(
  { event, action, data, fingerprint }: IncidentEvent,
  state: SignalState,
  time: unknown,
  receipt: Receipt,
): Signal {
  return compose(
    {
      fingerprint,
      state,
      time,
      unacknowledged: action === 'unacknowledged',
      by: action === 'acknowledged' ? textOf(recordOf(event.agent).summary) : undefined,
      title: textOf(data.title),
      severity: severityIn(data),
      service: serviceNamed(textOf(recordOf(data.service).summary)),
      labels: labelsOf(data),
      links: linksOf(data),
    },
    receipt,
  );
}

/** Priorities have the names that an account gives them; where one says nothing to us, the urgency does. */
const severityIn = (data: JsonRecord): Severity | undefined =>
  severityOf(recordOf(data.priority).summary) ?? severityOf(data.urgency);

function labelsOf(data: JsonRecord): JsonRecord {
  return {
    number: data.number,
    incident_key: data.incident_key,
    priority: recordOf(data.priority).summary,
    urgency: data.urgency,
    escalation_policy: recordOf(data.escalation_policy).summary,
    teams: namesIn(data.teams),
    incident_type: recordOf(data.incident_type).name,
    resolve_reason: recordOf(data.resolve_reason).type ?? data.resolve_reason,
  };
}

const linksOf = (data: JsonRecord): readonly SaidLink[] => [
  { href: data.html_url, text: 'PagerDuty' },
  { href: recordOf(data.conference_bridge).conference_url, text: 'Conference' },
];

/** The names of a list of references, as people read them; undefined for none. */
export function namesIn(references: unknown): string | undefined {
  const list: unknown[] = Array.isArray(references) ? references.slice(0, 20) : [];
  const names = list.filter(isRecord).flatMap(({ summary }) => textOf(summary) ?? []);
  return names.length === 0 ? undefined : names.join(', ');
}
