import type * as z from 'zod';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import { type Incident, type IncidentCommand, nameOf } from '../../shared/incidents/index.ts';
import { type Instant, Refusal } from '../../shared/kernel/index.ts';

type Update = z.output<typeof incidentsApi.update.body>;

/** The commands of one change of an incident. The state comes first: it is the only change that the incident itself can refuse. */
export function commandsOf(
  incident: Incident,
  { state, severity, title, note, mitigatedAt }: Update,
  now: Instant,
): readonly IncidentCommand[] {
  const commands: IncidentCommand[] = [];
  if (state !== undefined) commands.push(stateCommand(incident, state, now, note));
  if (mitigatedAt !== undefined)
    commands.push({ do: 'mitigate', at: mitigatedAt === 'now' ? now : mitigatedAt });
  if (severity !== undefined) commands.push({ do: 'change-severity', to: severity });
  if (title !== undefined) commands.push({ do: 'rename', title });
  return commands;
}

function stateCommand(
  incident: Incident,
  state: Incident['state'],
  at: Instant,
  note: string | undefined,
): IncidentCommand {
  switch (state) {
    case 'acknowledged':
      return { do: 'acknowledge' };
    case 'resolved':
      return { do: 'resolve', reason: 'person', at, ...(note !== undefined && { note }) };
    case 'triggered':
      if (incident.state === 'acknowledged') {
        throw new Refusal(
          'conflict',
          `${nameOf(incident)} is acknowledged; only a resolved incident can be reopened.`,
          'body.state',
        );
      }
      return { do: 'reopen', reason: 'person', at };
  }
}
