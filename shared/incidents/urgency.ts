import { type Severity, severities } from '../alerts/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { NextStep } from './incident.ts';

/** P1 to P3 wake somebody; P4 and P5 are recorded and wait for the morning. */
export function needsHuman(severity: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf('P3_MEDIUM');
}

/** The first step of an escalation, due at once; none for what wakes nobody. */
export function firstStep(severity: Severity, now: Instant): NextStep | undefined {
  return needsHuman(severity) ? { step: 1, dueAt: now } : undefined;
}
