import type * as z from 'zod';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { type Incident, type IncidentCommand, nameOf, viewIncident } from '../../shared/incidents/index.ts';
import { type Instant, Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { command } from '../aws/incident-log.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { nextStepMessages, sendEscalation } from './escalation.ts';
import { etag, expectedVersion } from './version.ts';
import { visibleIncident } from './visible.ts';

type Update = z.output<typeof incidentsApi.update.body>;

/** Changes what people may change. The expected version guards the first change; the others follow on what it made. */
export const update = verb({
  api: incidentsApi.update,
  run: async ({ ctx, params, body, headers }) => {
    let expected = expectedVersion(headers, body.version);
    const now = clock.now();
    let incident = await visibleIncident(ctx.org, params.id);
    let woken = false;
    for (const wanted of commandsOf(incident, body, now)) {
      const options = {
        actor: ctx.actor,
        now,
        ...(expected !== undefined && { expectedVersion: expected }),
        ...(body.seen !== undefined && { seen: body.seen }),
      };
      const outcome = await command(ctx.org, params.id, wanted, options);
      incident = outcome.incident;
      woken ||= outcome.facts.some(({ data }) => 'next' in data && data.next !== undefined);
      expected = undefined;
    }
    if (woken) await sendEscalation(nextStepMessages([incident], now));
    return reply(200, viewIncident(incident), etag(incident));
  },
});

/** The state comes first: it is the only change that the incident itself can refuse. */
function commandsOf(incident: Incident, { state, severity, title, note }: Update, now: Instant) {
  const commands: IncidentCommand[] = [];
  if (state !== undefined) commands.push(stateCommand(incident, state, now, note));
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
