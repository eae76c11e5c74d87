import {
  type ControlFact,
  decideIncident,
  type Incident,
  type IncidentCommand,
} from '../../shared/incidents/index.ts';
import { evolved } from './evolved.ts';
import type { Recording } from './incident-rows.ts';

/** The control facts of commands, each decided on what the one before it left, and the incident after them. */
export function decidedBy(
  before: Incident,
  commands: readonly IncidentCommand[],
  recording: Recording,
): { readonly facts: readonly ControlFact[]; readonly after: Incident } {
  const facts: ControlFact[] = [];
  let after = before;
  for (const command of commands) {
    const more = decideIncident(after, command, recording.now);
    if (more.length > 0) after = evolved(after, more, before.org, before.id, recording);
    facts.push(...more);
  }
  return { facts, after };
}
