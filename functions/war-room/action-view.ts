import type * as z from 'zod';
import type { LoggedFact } from '../../shared/incidents/index.ts';
import { Refusal, toText } from '../../shared/kernel/index.ts';
import type { warRoomApi } from '../../shared/war-room/api.ts';
import { type ActionPart, PROTOCOL_VERSION, type WritingMessage } from '../../shared/war-room/index.ts';
import { type RoomRecording, recordDecided } from '../aws/room-log.ts';
import { loadRoom } from '../aws/room-parts.ts';
import type { Room } from '../aws/rooms.ts';
import { factOfGuard } from '../incidents/fact-at.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { memberMeant } from './assignee.ts';
import { roomDecision } from './command.ts';

type ActionView = z.input<(typeof warRoomApi)['add-action']['answer']>;

/** An action of a room as the API shows it. */
export function viewAction({ action, text, assignee, due, done, addedAt, addedBy }: ActionPart): ActionView {
  const given = { ...(assignee && { assignee }), ...(due !== null && { due }) };
  return { id: action, text, ...given, done, addedAt: toText(addedAt), addedBy };
}

type Change = Extract<WritingMessage, { type: `action.${string}` }>;
type Said<Message> = Message extends Change ? Omit<Message, 'v' | 'incident' | 'id'> : never;

/** Carries out what the API says of an action as if it were said in the room, and returns the action as it is then. */
export async function changed(
  room: Room,
  said: Said<Change>,
  options: RoomRecording & { readonly id: string },
): Promise<ActionPart> {
  const { org, incident } = room;
  await visibleIncident(org, incident);
  const message = { v: PROTOCOL_VERSION, incident, id: options.id, ...said } as Change;
  const decided = async () => roomDecision(room, await withMember(room, message), options.now);
  const outcome = await recordDecided(org, incident, decided, options);
  const [fact] =
    'earlier' in outcome
      ? [await factOfGuard(org, incident, outcome.earlier, options.now)]
      : outcome.recorded;
  const action = said.type === 'action.change' ? said.action : actionOf(fact);
  const part = (await loadRoom(room)).get(`action ${action}`);
  if (part?.part === 'action') return part;
  throw new Refusal('not_found', 'There is no such action in this room.', 'path.action');
}

/** The API takes persons of the configuration too; in a room people choose among its members. */
async function withMember<Message extends Change>({ org }: Room, message: Message): Promise<Message> {
  const { assignee } = message;
  return typeof assignee === 'string' ? { ...message, assignee: await memberMeant(org, assignee) } : message;
}

const actionOf = (fact: LoggedFact | undefined): string | undefined =>
  fact?.type === 'room.action-added' ? fact.data.action : undefined;
