import { summed } from '../../shared/alerts/index.ts';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { summarizeAlerts, viewIncident } from '../../shared/incidents/index.ts';
import { toText } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { alertsOf, counted, MOST_HOURS } from './alerts.ts';
import { etag } from './version.ts';
import { visibleIncident } from './visible.ts';

/** One incident, with how its alerts stand. */
export const get = verb({
  api: incidentsApi.get,
  run: async ({ ctx, params }) => {
    const now = clock.now();
    const [incident, members] = await allDone([
      visibleIncident(ctx.org, params.id),
      alertsOf(ctx.org, params.id, now),
    ]);
    const { counts, until } = await counted(incident, members, now, MOST_HOURS.incident);
    const alerts = {
      ...summarizeAlerts(members),
      ...(counts && { received: summed([...counts.values()]).received }),
      countedUntil: toText(until),
    };
    return reply(200, { ...viewIncident(incident), alerts }, etag(incident));
  },
});
