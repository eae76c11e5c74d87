import { type Severity, severities } from '../alerts/index.ts';
import type { Instant } from '../kernel/index.ts';
import { type IncidentState, incidentStates, type NextStep } from './incident.ts';
import { compareNewest, type Place } from './listing.ts';

/** P1 to P3 wake somebody; P4 and P5 are recorded and wait for the morning. */
export function needsHuman(severity: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf('P3_MEDIUM');
}

/** The first step of an escalation, due at once; none for what wakes nobody. */
export function firstStep(severity: Severity, now: Instant): NextStep | undefined {
  return needsHuman(severity) ? { step: 1, dueAt: now } : undefined;
}

/** A place in the order of urgency; an incident stands in its own. */
export interface UrgencyPlace extends Place {
  readonly state: IncidentState;
  readonly severity: Severity;
}

/**
 * Below zero when `a` is more urgent: first P1 to P3 that nobody answered, then those that somebody is at work on, then what
 * waits for the morning; in each by severity, then what is not acknowledged, then the newest.
 */
export function compareUrgency(a: UrgencyPlace, b: UrgencyPlace): number {
  return (
    group(a) - group(b) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    incidentStates.indexOf(a.state) - incidentStates.indexOf(b.state) ||
    compareNewest(a, b)
  );
}

function group({ state, severity }: UrgencyPlace): number {
  if (!needsHuman(severity)) return incidentStates.length;
  return incidentStates.indexOf(state);
}
