import type { PersonRef, RoomRole, WarRoomFact } from '../incidents/index.ts';
import { type Instant, impossible, Refusal } from '../kernel/index.ts';
import { type ActionPart, actionsIn, pinsIn, type RoomState } from './room.ts';

/** What somebody wants to do in a room. People are named with their names, which the edge has looked up. */
export type RoomCommand =
  | { readonly do: 'say'; readonly text: string }
  | ({ readonly do: 'add-action' } & Extract<WarRoomFact, { type: 'room.action-added' }>['data'])
  | ({ readonly do: 'change-action' } & Extract<WarRoomFact, { type: 'room.action-changed' }>['data'])
  | { readonly do: 'pin'; readonly seq: number; readonly text: string; readonly by: string }
  | { readonly do: 'unpin'; readonly seq: number }
  | { readonly do: 'give-role'; readonly role: RoomRole; readonly person: PersonRef | null };

/** The most of each that a room holds; a list that nobody can read is none. */
export const mostParts = { pins: 50, actions: 500 } as const;

/** The facts that a command causes; none when it asks for what is so already. */
export function decideRoom(state: RoomState, command: RoomCommand, now: Instant): readonly WarRoomFact[] {
  switch (command.do) {
    case 'say':
      return [{ type: 'room.said', occurredAt: now, data: { text: command.text } }];
    case 'add-action':
      return addAction(state, command, now);
    case 'change-action':
      return changeAction(state, command, now);
    case 'pin':
      return pin(state, command, now);
    case 'unpin':
      return unpin(state, command, now);
    case 'give-role':
      return giveRole(state, command, now);
    default:
      return impossible(command);
  }
}

type Wanted<Do extends RoomCommand['do']> = Extract<RoomCommand, { do: Do }>;

function addAction(state: RoomState, { do: _, ...data }: Wanted<'add-action'>, now: Instant) {
  if (actionOf(state, data.action)) return [];
  if (actionsIn(state).length >= mostParts.actions)
    throw new Refusal('limit', `This room has ${mostParts.actions} actions already; no more are taken.`);
  return [{ type: 'room.action-added', occurredAt: now, data }] as const;
}

function changeAction(state: RoomState, { do: _, ...wanted }: Wanted<'change-action'>, now: Instant) {
  const known = actionOf(state, wanted.action);
  if (!known) throw new Refusal('not_found', `There is no action '${wanted.action}' in this room.`, 'action');
  const { action, ...fields } = wanted;
  const changed = Object.entries(fields).filter(([name, value]) => !isSame(Reflect.get(known, name), value));
  if (changed.length === 0) return [];
  const data = { action, ...Object.fromEntries(changed) };
  return [{ type: 'room.action-changed', occurredAt: now, data }] as const;
}

function pin(state: RoomState, { do: _, ...data }: Wanted<'pin'>, now: Instant) {
  if (isPinned(state, data.seq)) return [];
  if (pinsIn(state).length >= mostParts.pins)
    throw new Refusal('limit', `${mostParts.pins} facts are pinned already; take one down first.`);
  return [{ type: 'room.pinned', occurredAt: now, data }] as const;
}

function unpin(state: RoomState, { seq }: Wanted<'unpin'>, now: Instant) {
  if (!isPinned(state, seq)) return [];
  return [{ type: 'room.unpinned', occurredAt: now, data: { seq } }] as const;
}

function giveRole(state: RoomState, { role, person }: Wanted<'give-role'>, now: Instant) {
  const known = state.get(`role ${role}`);
  const holder = known?.part === 'role' ? known.person : null;
  if ((holder?.id ?? null) === (person?.id ?? null)) return [];
  return [{ type: 'room.role-given', occurredAt: now, data: { role, person } }] as const;
}

function actionOf(state: RoomState, action: string): ActionPart | undefined {
  const part = state.get(`action ${action}`);
  return part?.part === 'action' ? part : undefined;
}

function isPinned(state: RoomState, seq: number): boolean {
  const part = state.get(`pin ${seq}`);
  return part?.part === 'pin' && part.up;
}

/** People are the same by their ids. */
function isSame(known: unknown, wanted: unknown): boolean {
  return idIn(known) === idIn(wanted);
}

const idIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
