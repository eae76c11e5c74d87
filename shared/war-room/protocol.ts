import * as z from 'zod';
import { idText } from '../api/index.ts';
import type { FactView } from '../incidents/index.ts';
import type { IncidentId } from '../kernel/index.ts';

/** The version of this protocol; a message of another version is refused. */
export const PROTOCOL_VERSION = 1;

const v = z.literal(PROTOCOL_VERSION);

/** What a client says. `join` may be said again at any time, with the place it has reached: that is how it catches up. */
export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    v,
    type: z.literal('join'),
    incident: idText('incident'),
    /** The number of the last fact that the client has; what follows is sent. */
    after: z.int().min(0).max(999_999_999_998).default(0),
  }),
  z.strictObject({ v, type: z.literal('ping') }),
]);

/**
 * What the server says. Facts are in order; `last` is the number of the newest that the server has in mind. A client whose own
 * number is lower after taking the facts says `join` with its number: facts were left out for size, or a frame was lost.
 */
export type ServerMessage = { readonly v: typeof PROTOCOL_VERSION } & (
  | {
      readonly type: 'joined' | 'facts';
      readonly incident: IncidentId;
      readonly facts: readonly FactView[];
      readonly last: number;
    }
  | { readonly type: 'pong' }
  | { readonly type: 'error'; readonly code: ProtocolError; readonly message: string }
);

/** Why a message was not carried out. */
export type ProtocolError = 'invalid' | 'forbidden' | 'not_found' | 'limit' | 'internal';
