import type { Triggered } from './incident.ts';
import { needsHuman } from './urgency.ts';
import { severityText } from './words.ts';

/** Why an incident that nobody has taken pages nobody any more, to follow "since". */
export function noPageWords({ severity, urgency, step, laterFor = [] }: Triggered): string {
  if (urgency === 'low') return 'its rules give it low urgency';
  if (!needsHuman(severity)) return `it is ${severityText(severity)}, which pages nobody`;
  if (step === 0) return 'none was planned when it was opened';
  const later =
    laterFor.length === 0
      ? ''
      : ` for its severity; more follow for ${laterFor.map(severityText).join(', ')}`;
  return `step ${step} was the last of its escalation${later}`;
}
