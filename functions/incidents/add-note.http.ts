import { incidentsApi } from '../../shared/incidents/api.ts';
import { type LoggedFact, viewFact } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { readFacts } from '../aws/incident-log.ts';
import { recordRoom } from '../aws/room-log.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from './visible.ts';

/** Adds a note to the log. Sent again under the same clientMessageId, the answer is the note that is there. */
export const addNote = verb({
  api: incidentsApi['add-note'],
  run: async ({ ctx, params, body, cause }) => {
    await visibleIncident(ctx.org, params.id);
    const now = clock.now();
    const { text, clientMessageId } = body;
    const noted = { type: 'incident.noted', occurredAt: now, data: { text } } as const;
    const outcome = await recordRoom(ctx.org, params.id, noted, {
      ...{ actor: ctx.actor, now, cause },
      ...(clientMessageId !== undefined && { clientMessageId }),
    });
    if ('recorded' in outcome) return reply(201, viewFact(outcome.recorded));
    return reply(200, viewFact(await factOf(ctx.org, params.id, outcome.earlier, now)));
  },
});

/** The fact with a number that is known to be written. */
async function factOf(org: OrganisationId, inc: IncidentId, seq: number, now: Instant): Promise<LoggedFact> {
  const { facts } = await readFacts(org, inc, { after: seq - 1, limit: 1, now });
  const [fact] = facts;
  if (fact?.seq !== seq) throw new Error(`The guard of a message names fact ${seq}, which is not there`);
  return fact;
}
