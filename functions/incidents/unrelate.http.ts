import { incidentsApi } from '../../shared/incidents/api.ts';
import { viewIncident } from '../../shared/incidents/index.ts';
import { clock } from '../aws/clock.ts';
import { command } from '../aws/incident-log.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { etag } from './version.ts';
import { visibleIncident } from './visible.ts';

/** Says in both logs that two incidents have nothing to do with each other. */
export const unrelate = verb({
  api: incidentsApi.unrelate,
  run: async ({ ctx, params, cause }) => {
    const { number: ownNumber } = await visibleIncident(ctx.org, params.id);
    const { number } = await visibleIncident(ctx.org, params.other);
    const options = { actor: ctx.actor, now: clock.now(), cause };
    await command(ctx.org, params.other, { do: 'unrelate', incident: params.id, number: ownNumber }, options);
    const own = await command(
      ctx.org,
      params.id,
      { do: 'unrelate', incident: params.other, number },
      options,
    );
    return reply(200, viewIncident(own.incident), etag(own.incident));
  },
});
