import { incidentsApi } from '../../shared/incidents/api.ts';
import { viewIncident } from '../../shared/incidents/index.ts';
import { clock } from '../aws/clock.ts';
import { command } from '../aws/incident-log.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { nextStepMessages, sendEscalation } from './escalation.ts';
import { commandsOf } from './update-commands.ts';
import { etag, expectedVersion } from './version.ts';
import { visibleIncident } from './visible.ts';

/** Changes what people may change. The expected version guards the first change; the others follow on what it made. */
export const update = verb({
  api: incidentsApi.update,
  run: async ({ ctx, params, body, headers, cause }) => {
    let expected = expectedVersion(headers, body.version);
    const now = clock.now();
    let incident = await visibleIncident(ctx.org, params.id);
    let woken = false;
    for (const wanted of commandsOf(incident, body, now)) {
      const options = {
        ...{ actor: ctx.actor, now, cause },
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
