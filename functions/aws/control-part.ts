import {
  type ControlFact,
  decideIncident,
  type Incident,
  type IncidentCommand,
} from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { evolved } from './evolved.ts';
import type { Recording } from './incident-rows.ts';

/** Whose commands they are; `before` is absent where the first of them opens it. */
interface Whose {
  readonly org: OrganisationId;
  readonly id: IncidentId;
  readonly before?: Incident | undefined;
}

/** The control facts of commands, each decided on what the one before it left. */
export function decidedBy(
  { org, id, before }: Whose,
  commands: readonly IncidentCommand[],
  recording: Recording,
): readonly ControlFact[] {
  const facts: ControlFact[] = [];
  let after = before;
  for (const command of commands) {
    const more = decideIncident(after, command, recording.now);
    if (more.length > 0) after = evolved(after, more, org, id, recording);
    facts.push(...more);
  }
  return facts;
}
