import type { IncidentId } from '../../shared/kernel/index.ts';
import { PROTOCOL_VERSION, type WritingFrame } from '../../shared/war-room/index.ts';
import type { RoomConnection } from './connection.ts';

/** A message without what every message has. */
export type Wanted = WritingFrame extends infer Frame
  ? Frame extends WritingFrame
    ? Omit<Frame, 'v' | 'incident' | 'id'>
    : never
  : never;

/** What says a message in a room, each under a name of its own. */
export const sayerOf = (connection: RoomConnection, incident: IncidentId) => (wanted: Wanted) =>
  connection.say({ v: PROTOCOL_VERSION, incident, id: crypto.randomUUID(), ...wanted } as WritingFrame);
