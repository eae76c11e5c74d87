import * as z from 'zod';
import { idText } from '../api/index.ts';
import { PROTOCOL_VERSION } from './limits.ts';

// What messages of the protocol are made of.

/** The version that every message says. */
export const v = z.literal(PROTOCOL_VERSION);

/** A message about the room of one incident. */
export const inRoom = { v, incident: idText('incident') } as const;

/** The client's own name of a message: the same again is the same message. */
const id = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'Expected 8 to 64 letters, digits, _ or -');

/** A message that is answered under its name. */
export const writing = { ...inRoom, id } as const;

/** Somebody who is in the room now. */
export const present = z.strictObject({ id: z.string(), name: z.string(), away: z.boolean().optional() });

/** Somebody who is in a room now. */
export type Present = z.output<typeof present>;
