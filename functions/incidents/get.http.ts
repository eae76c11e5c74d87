import { incidentsApi } from '../../shared/incidents/api.ts';
import { type LoggedFact, summarizeAlerts, viewIncident } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { readFacts } from '../aws/incident-log.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { etag } from './version.ts';
import { visibleIncident } from './visible.ts';

/** One incident, with how its alerts stand. */
export const get = verb({
  api: incidentsApi.get,
  run: async ({ ctx, params }) => {
    const [incident, facts] = await Promise.all([
      visibleIncident(ctx.org, params.id),
      allFacts(ctx.org, params.id, clock.now()),
    ]);
    return reply(200, { ...viewIncident(incident), alerts: summarizeAlerts(facts) }, etag(incident));
  },
});

const PAGE = 1_000;

async function allFacts(org: OrganisationId, id: IncidentId, now: Instant): Promise<readonly LoggedFact[]> {
  const all: LoggedFact[] = [];
  for (let after = 0; ; ) {
    const { facts, last } = await readFacts(org, id, { after, limit: PAGE, now });
    all.push(...facts);
    if (facts.length < PAGE) return all;
    after = last;
  }
}
