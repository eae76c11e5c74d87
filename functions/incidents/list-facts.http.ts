import { incidentsApi } from '../../shared/incidents/api.ts';
import { viewFact } from '../../shared/incidents/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { readFacts } from '../aws/incident-log.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from './visible.ts';

/** The log of an incident after a number. */
export const listFacts = verb({
  api: incidentsApi['list-facts'],
  run: async ({ ctx, params, query }) => {
    const [, { facts, last }] = await allDone([
      visibleIncident(ctx.org, params.id),
      readFacts(ctx.org, params.id, { ...query, now: clock.now() }),
    ]);
    return { items: facts.map(viewFact), last };
  },
});
