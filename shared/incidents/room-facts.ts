import type { Id, NewFact } from '../kernel/index.ts';

type Of<Type extends string, Data> = NewFact<Type, Data>;

/** Who is meant, with the name as it was then: the log is read when people have left. */
export interface PersonRef {
  readonly id: string;
  readonly name: string;
}

/** What somebody does for the whole room, beside working. */
export const roomRoles = ['commander', 'scribe', 'communications'] as const;
export type RoomRole = (typeof roomRoles)[number];

export type Said = Of<'room.said', { readonly text: string }>;
export type ActionAdded = Of<
  'room.action-added',
  {
    readonly action: Id<'action'>;
    readonly text: string;
    readonly assignee?: PersonRef;
    /** A calendar day, `2026-11-28`. */
    readonly due?: string;
  }
>;
/** Only what changed; null takes away. */
export type ActionChanged = Of<
  'room.action-changed',
  {
    readonly action: Id<'action'>;
    readonly text?: string;
    readonly assignee?: PersonRef | null;
    readonly due?: string | null;
    readonly done?: boolean;
  }
>;
/** `seq` is the fact that is pinned; what it says goes along, shortened, for those who have not loaded it. */
export type PinnedFact = Of<
  'room.pinned',
  { readonly seq: number; readonly text: string; readonly by: string }
>;
export type Unpinned = Of<'room.unpinned', { readonly seq: number }>;
export type RoleGiven = Of<'room.role-given', { readonly role: RoomRole; readonly person: PersonRef | null }>;
/** Not told again for who was away for less than a minute. */
export type PersonJoined = Of<'room.joined', { readonly person: PersonRef }>;
export type PersonLeft = Of<'room.left', { readonly person: PersonRef }>;

/** What people do in the room of an incident. */
export type WarRoomFact =
  | Said
  | ActionAdded
  | ActionChanged
  | PinnedFact
  | Unpinned
  | RoleGiven
  | PersonJoined
  | PersonLeft;
