import { incidentsApi } from '../../shared/incidents/api.ts';
import { viewFact } from '../../shared/incidents/index.ts';
import { clock } from '../aws/clock.ts';
import { recordRoom } from '../aws/room-log.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { factOfGuard } from './fact-at.ts';
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
    return reply(200, viewFact(await factOfGuard(ctx.org, params.id, outcome.earlier, now)));
  },
});
