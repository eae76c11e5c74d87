import type { PersonRef } from '../../shared/incidents/index.ts';
import { type Instant, idOf, impossible, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import {
  decideRoom,
  emptyRoom,
  personOf,
  pinText,
  type RoomCommand,
  type WritingMessage,
} from '../../shared/war-room/index.ts';
import { findMember } from '../aws/organisations.ts';
import type { RoomDecision } from '../aws/room-log.ts';
import { loadRoom, partWrites } from '../aws/room-parts.ts';
import type { Room } from '../aws/rooms.ts';
import { factAt } from '../incidents/fact-at.ts';

/** What a message causes in a room as it is now. What was said rests on nothing. */
export async function roomDecision(room: Room, message: WritingMessage, now: Instant): Promise<RoomDecision> {
  const command = await commandOf(room, message, now);
  if (command.do === 'say') return { facts: decideRoom(emptyRoom, command, now) };
  const before = await loadRoom(room);
  return { facts: decideRoom(before, command, now), also: (facts) => partWrites(room, before, facts) };
}

/** A message as a command: people by their names, what is pinned by what it says. */
async function commandOf(room: Room, message: WritingMessage, now: Instant): Promise<RoomCommand> {
  switch (message.type) {
    case 'chat':
      return { do: 'say', text: message.text };
    case 'action.add': {
      const { id, text, assignee, due } = message;
      const action = idOf('action', now, room.incident, id);
      const person = assignee === undefined ? undefined : await memberCalled(room.org, assignee);
      return { do: 'add-action', action, text, ...(person && { assignee: person }), ...(due && { due }) };
    }
    case 'action.change': {
      const { v: _v, type: _type, incident: _incident, id: _id, assignee, ...fields } = message;
      const person = typeof assignee === 'string' ? await memberCalled(room.org, assignee) : assignee;
      return { do: 'change-action', ...known(fields), ...(person !== undefined && { assignee: person }) };
    }
    case 'pin':
      return message.up ? pinned(room, message.seq, now) : { do: 'unpin', seq: message.seq };
    case 'role': {
      const { role, person } = message;
      return { do: 'give-role', role, person: person === null ? null : await memberCalled(room.org, person) };
    }
    default:
      return impossible(message);
  }
}

type Known<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

/** Without what was not said. */
const known = <Fields extends object>(fields: Fields): Known<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Known<Fields>;

async function pinned(room: Room, seq: number, now: Instant): Promise<RoomCommand> {
  const fact = await factAt(room.org, room.incident, seq, now);
  const text = fact && pinText(fact);
  if (!fact || text === undefined)
    throw new Refusal('not_found', `There is no fact ${seq} in this room that could be pinned.`, 'seq');
  const author = fact.type === 'incident.noted' ? fact.data.by : undefined;
  return { do: 'pin', seq, text, by: author ?? personOf(fact.actor).name };
}

async function memberCalled(org: OrganisationId, person: string): Promise<PersonRef> {
  const member = await findMember(org, person);
  if (member) return { id: member.person, name: member.name };
  throw new Refusal(
    'not_found',
    `'${person.slice(0, 80)}' is no member of this organisation; /api/members lists those who are.`,
  );
}
