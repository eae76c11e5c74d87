import { viewFact } from '../../shared/incidents/index.ts';
import { warRoomApi } from '../../shared/war-room/api.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { lastFacts } from '../aws/incident-log.ts';
import { loadRoom } from '../aws/room-parts.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';

/**
 * What somebody who comes into a room needs, in one answer. The parts are read after the facts: one that is newer than `last`
 * knows its number, so the facts that follow do not change it twice.
 */
export const getRoom = verb({
  api: warRoomApi['get-room'],
  run: async ({ ctx: { org }, params: { id: incident }, query }) => {
    const [, { facts, last }] = await allDone([
      visibleIncident(org, incident),
      lastFacts(org, incident, { limit: query.facts, now: clock.now() }),
    ]);
    const parts = [...(await loadRoom({ org, incident })).values()];
    return { last, parts, facts: facts.map(viewFact) };
  },
});
