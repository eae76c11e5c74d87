import { incidentsApi } from '../../shared/incidents/api.ts';
import { clock } from '../aws/clock.ts';
import { command } from '../aws/incident-log.ts';
import { verb } from '../edge/verb.ts';
import { expectedVersion } from './version.ts';
import { visibleIncident } from './visible.ts';

/** Hides an incident from every list and stops its escalation. Its log stays. */
export const remove = verb({
  api: incidentsApi.delete,
  run: async ({ ctx, params, headers, cause }) => {
    const expected = expectedVersion(headers);
    await visibleIncident(ctx.org, params.id);
    await command(
      ctx.org,
      params.id,
      { do: 'delete' },
      {
        actor: ctx.actor,
        now: clock.now(),
        cause,
        ...(expected !== undefined && { expectedVersion: expected }),
      },
    );
    return undefined;
  },
});
