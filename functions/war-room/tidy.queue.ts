import * as z from 'zod';
import { idText } from '../../shared/api/index.ts';
import { type AwayMessage, functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { recordDecided } from '../aws/room-log.ts';
import { connectionsIn } from '../aws/rooms.ts';
import { readSettings } from '../aws/settings.ts';
import { loadVisit, visitDecision } from '../aws/visits.ts';
import { queueWorker } from '../edge/queue.ts';

readSettings(functions.Tidy.env);

const away = z.object({
  kind: z.literal('away'),
  org: idText('organisation'),
  incident: idText('incident'),
  actor: z.string().min(1),
});

const parse = (body: unknown): AwayMessage => away.parse(body);

/** Records that somebody left a room, a minute after their last connection went, if they are still away. */
export const handler = queueWorker(parse, async ({ org, incident, actor: id }) => {
  const room = { org, incident };
  const visit = await loadVisit(room, id);
  if (visit?.leftAt === undefined) return;
  if ((await connectionsIn(room)).some(({ actor }) => actor.id === id)) return;
  const { actor } = visit;
  const now = clock.now();
  const decide = () => visitDecision(room, 'stayed-away', { actor, now });
  await recordDecided(org, incident, decide, { actor, now });
});
