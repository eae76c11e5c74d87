import { incidentsApi } from '../../shared/incidents/api.ts';
import { type LoggedFact, viewFact } from '../../shared/incidents/index.ts';
import { type IncidentId, type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { clock } from '../aws/clock.ts';
import { readFacts, recordRoom } from '../aws/incident-log.ts';
import { table } from '../aws/table.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from './visible.ts';

/** Adds a note to the log. Sent again under the same clientMessageId, the answer is the note that is there. */
export const addNote = verb({
  api: incidentsApi['add-note'],
  run: async ({ ctx, params, body }) => {
    await visibleIncident(ctx.org, params.id);
    const now = clock.now();
    const { text, clientMessageId } = body;
    const noted = { type: 'incident.noted', occurredAt: now, data: { text } } as const;
    const recorded = await recordRoom(ctx.org, params.id, noted, {
      actor: ctx.actor,
      now,
      ...(clientMessageId !== undefined && { clientMessageId }),
    });
    if (recorded) return reply(201, viewFact(recorded));
    return reply(200, viewFact(await factOf(ctx.org, params.id, clientMessageId ?? '', now)));
  },
});

/** The fact that an earlier message with this id became. */
async function factOf(
  org: OrganisationId,
  inc: IncidentId,
  clientMessageId: string,
  now: Instant,
): Promise<LoggedFact> {
  const guard = await table.get<{ seq: number }>(schema.messageGuard.key({ org, inc, clientMessageId }));
  if (!guard) throw new Refusal('unavailable', 'The note could not be stored; send it again.');
  const { facts } = await readFacts(org, inc, { after: guard.seq - 1, limit: 1, now });
  const [fact] = facts;
  if (fact?.seq !== guard.seq)
    throw new Error(`The guard of a message names fact ${guard.seq}, which is not there`);
  return fact;
}
