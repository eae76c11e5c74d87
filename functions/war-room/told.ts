import type { RoomFact } from '../../shared/incidents/index.ts';
import type { ToldMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { recordRoom } from '../aws/room-log.ts';

/** Records once what was told of an incident elsewhere, such as on the status page. */
export async function recordTold({ org, incident, actor, cause, fact }: ToldMessage): Promise<void> {
  const recording = { actor, now: clock.now(), cause, clientMessageId: cause.id };
  await recordRoom(org, incident, fact as RoomFact, recording);
}
