import type { LoggedFact, PersonRef, RoomRole } from '../incidents/index.ts';
import { type Id, type Instant, impossible } from '../kernel/index.ts';
import { personOf } from './visits.ts';

/** Each part of a room says which fact changed it last, so that facts may be taken again from any place before. */
interface Part {
  readonly seq: number;
}

/** Who has a role now; null when it was taken back. */
export interface RolePart extends Part {
  readonly part: 'role';
  readonly role: RoomRole;
  readonly person: PersonRef | null;
}

/** A fact that stays in sight, or one that was taken down again. */
export interface PinPart extends Part {
  readonly part: 'pin';
  /** The number of the pinned fact. */
  readonly pinned: number;
  readonly up: boolean;
  readonly text: string;
  readonly by: string;
}

/** Something to be done, by whom and until when. */
export interface ActionPart extends Part {
  readonly part: 'action';
  readonly action: Id<'action'>;
  readonly text: string;
  readonly assignee: PersonRef | null;
  /** A calendar day. */
  readonly due: string | null;
  readonly done: boolean;
  readonly addedAt: Instant;
  readonly addedBy: string;
}

export type RoomPart = RolePart | PinPart | ActionPart;

/** What a room is now beside its log: its parts by their names. */
export type RoomState = ReadonlyMap<string, RoomPart>;

export const emptyRoom: RoomState = new Map();

/** The name of a part: `role commander`, `pin 12`, `action act_…`. */
export function nameOfPart(part: RoomPart): string {
  switch (part.part) {
    case 'role':
      return `role ${part.role}`;
    case 'pin':
      return `pin ${part.pinned}`;
    case 'action':
      return `action ${part.action}`;
    default:
      return impossible(part);
  }
}

/** The room after the next fact of its log. One that its part knows already changes nothing. */
export function evolveRoom(state: RoomState, fact: LoggedFact): RoomState {
  const part = partOf(state, fact);
  if (part === undefined) return state;
  const name = nameOfPart(part);
  if ((state.get(name)?.seq ?? 0) >= part.seq) return state;
  return new Map(state).set(name, part);
}

function partOf(state: RoomState, fact: LoggedFact): RoomPart | undefined {
  const { seq } = fact;
  switch (fact.type) {
    case 'room.role-given':
      return { part: 'role', role: fact.data.role, person: fact.data.person, seq };
    case 'room.pinned':
      return { part: 'pin', pinned: fact.data.seq, up: true, text: fact.data.text, by: fact.data.by, seq };
    case 'room.unpinned': {
      const known = state.get(`pin ${fact.data.seq}`);
      const { text, by: said } = known?.part === 'pin' ? known : { text: '', by: '' };
      return { part: 'pin', pinned: fact.data.seq, up: false, text, by: said, seq };
    }
    case 'room.action-added': {
      const { action, text, assignee = null, due = null } = fact.data;
      return {
        ...{ part: 'action', action, text, assignee, due, done: false, seq },
        ...{ addedAt: fact.occurredAt, addedBy: personOf(fact.actor).name },
      };
    }
    case 'room.action-changed': {
      const known = state.get(`action ${fact.data.action}`);
      return known?.part === 'action' ? { ...known, ...fact.data, seq } : undefined;
    }
    default:
      return undefined;
  }
}

/** The actions in the order in which they were added. */
export function actionsIn(state: RoomState): readonly ActionPart[] {
  return [...state.values()]
    .filter((part) => part.part === 'action')
    .sort((a, b) => a.addedAt - b.addedAt || (a.action < b.action ? -1 : 1));
}

/** What is pinned now, in the order of the log. */
export function pinsIn(state: RoomState): readonly PinPart[] {
  return [...state.values()]
    .filter((part) => part.part === 'pin')
    .filter(({ up }) => up)
    .sort((a, b) => a.pinned - b.pinned);
}

/** Who has which role now. */
export function rolesIn(state: RoomState): ReadonlyMap<RoomRole, PersonRef> {
  const given = [...state.values()].flatMap((part) =>
    part.part === 'role' && part.person !== null ? [[part.role, part.person] as const] : [],
  );
  return new Map(given);
}
