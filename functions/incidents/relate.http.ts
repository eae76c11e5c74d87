import { incidentsApi } from '../../shared/incidents/api.ts';
import { viewIncident } from '../../shared/incidents/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { command } from '../aws/incident-log.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { etag } from './version.ts';
import { visibleIncident } from './visible.ts';

/** Says in both logs that two incidents have to do with each other. */
export const relate = verb({
  api: incidentsApi.relate,
  run: async ({ ctx, params, body, cause }) => {
    if (body.incident === params.id)
      throw new Refusal('invalid', 'An incident cannot be related to itself.', 'body.incident');
    const { id: other, number } = await visibleIncident(ctx.org, body.incident);
    const { number: ownNumber } = await visibleIncident(ctx.org, params.id);
    const options = { actor: ctx.actor, now: clock.now(), cause };
    const says = { do: 'relate', why: body.why } as const;
    await command(ctx.org, other, { ...says, incident: params.id, number: ownNumber }, options);
    const own = await command(ctx.org, params.id, { ...says, incident: other, number }, options);
    return reply(200, viewIncident(own.incident), etag(own.incident));
  },
});
