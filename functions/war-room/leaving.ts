import type { AwayMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { recordDecided } from '../aws/room-log.ts';
import { connectionsIn } from '../aws/rooms.ts';
import { loadVisit, visitDecision } from '../aws/visits.ts';

/** Records that somebody left a room, a minute after their last connection went, if they are still away. */
export async function recordLeaving({ org, incident, actor: id }: AwayMessage): Promise<void> {
  const room = { org, incident };
  const visit = await loadVisit(room, id);
  if (visit?.leftAt === undefined) return;
  if ((await connectionsIn(room)).some(({ actor }) => actor.id === id)) return;
  const { actor } = visit;
  const now = clock.now();
  const decide = () => visitDecision(room, 'stayed-away', { actor, now });
  await recordDecided(org, incident, decide, { actor, now });
}
