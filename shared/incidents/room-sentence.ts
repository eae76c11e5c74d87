import { impossible } from '../kernel/index.ts';
import type { KnownFact } from './known-fact.ts';
import type { PersonRef } from './room-facts.ts';
import type { Sentence } from './sentence.ts';
import { videoText } from './words.ts';

type RoomFact = Extract<KnownFact, { type: `room.${string}` }>;
type Data<Type extends RoomFact['type']> = Extract<RoomFact, { type: Type }>['data'];

/** Whether it is something that people do in the room. */
export const isOfRoom = (fact: KnownFact): fact is RoomFact => fact.type.startsWith('room.');

/** What people do in the room, in words. */
export function roomSentence(fact: RoomFact, who: string): Sentence {
  switch (fact.type) {
    case 'room.said':
      return { text: `${who} said:`, quote: fact.data.text };
    case 'room.action-added':
      return { text: `${who} added an action${forWhom(fact.data)}.`, quote: fact.data.text };
    case 'room.action-changed':
      return { text: `${who} ${changeText(fact.data)}.` };
    case 'room.pinned':
      return { text: `${who} pinned what ${fact.data.by} said.`, quote: fact.data.text };
    case 'room.unpinned':
      return { text: `${who} took down what was pinned as number ${fact.data.seq}.` };
    case 'room.role-given':
      return { text: roleText(fact.data, who) };
    case 'room.joined':
      return { text: `${fact.data.person.name} joined the room.` };
    case 'room.left':
      return { text: `${fact.data.person.name} left the room.` };
    case 'room.video-started':
      return { text: `${who} started ${videoText(fact.data.provider)}.`, link: fact.data.url };
    default:
      return impossible(fact);
  }
}

function forWhom({ assignee, due }: { readonly assignee?: PersonRef; readonly due?: string }): string {
  return `${assignee ? ` for ${assignee.name}` : ''}${due === undefined ? '' : `, due ${due}`}`;
}

function changeText({ text, assignee, due, done }: Data<'room.action-changed'>): string {
  const said = [
    done === undefined ? [] : [done ? 'finished an action' : 'took up a finished action again'],
    assignee === undefined
      ? []
      : [assignee ? `gave an action to ${assignee.name}` : 'took an action from its assignee'],
    due === undefined
      ? []
      : [due === null ? 'took the due day from an action' : `made an action due on ${due}`],
    text === undefined ? [] : [`reworded an action to “${text}”`],
  ].flat();
  return said.join(', ') || 'changed an action';
}

const roleText = ({ role, person }: Data<'room.role-given'>, who: string): string =>
  person ? `${who} made ${person.name} ${role}.` : `${who} took back the role of ${role}.`;
