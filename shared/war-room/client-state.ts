import type { FactView } from '../incidents/index.ts';
import type { IncidentId, Instant } from '../kernel/index.ts';
import type { Present, ServerMessageOf, WritingFrame } from './protocol.ts';

/** How a client is connected: `joining` until the room has answered; `refused` when it may not come in. */
export type Link = 'closed' | 'opening' | 'joining' | 'open' | 'refused';

/** A message that is not recorded yet; only the first of them is on its way. */
export interface Pending {
  readonly frame: WritingFrame;
  readonly since: Instant;
  readonly sentAt?: Instant;
  /** How often it was sent over this connection. */
  readonly sends?: number;
  /** Why it was refused: it waits for its author, and others go on. */
  readonly refused?: string;
  /** Not before then. */
  readonly waitUntil?: Instant;
}

/** All that a client of a room knows. */
export interface RoomClient {
  readonly incident: IncidentId;
  readonly link: Link;
  /** Why it is refused, in words. */
  readonly because?: string;
  /** The log as far as it is known: in order and without gaps, from wherever it was begun. */
  readonly facts: readonly FactView[];
  /** The number of the last of them. */
  readonly known: number;
  /** The room's last number, as far as anybody has said. */
  readonly last: number;
  /** Facts beyond a hole, by their numbers. */
  readonly ahead: ReadonlyMap<number, FactView>;
  /** When what is missing is asked for, and when it was. */
  readonly askAt?: Instant;
  /** Questions that were not answered, one after another. */
  readonly asks: number;
  /** Connections of the room, as the last answer said. */
  readonly connections: number;
  readonly outbox: readonly Pending[];
  readonly people: readonly Present[];
  /** Who types, and until when that is believed. */
  readonly typing: ReadonlyMap<string, { readonly name: string; readonly until: Instant }>;
  /** When the connection was begun, and then when it was there. */
  readonly openedAt: Instant;
  readonly heardAt: Instant;
  readonly pingAt: Instant;
  /** When a new connection is opened after one was lost or failed. */
  readonly retryAt?: Instant;
  /** Connections that failed one after another. */
  readonly failures: number;
  readonly toldTypingAt: Instant;
  readonly away: boolean;
  readonly toldAway: boolean;
  readonly toldAwayAt: Instant;
  /** The last complaint of the server that is about no message with an id. */
  readonly complaint?: ServerMessageOf<'error'>;
}

const LONG_AGO: Instant = Number.NEGATIVE_INFINITY;

/** A client that has not connected yet, with what it knows of the log already. */
export function newClient(incident: IncidentId, facts: readonly FactView[] = []): RoomClient {
  const known = facts.at(-1)?.seq ?? 0;
  return {
    ...{ incident, link: 'closed', facts, known, last: known, ahead: new Map(), outbox: [], people: [] },
    ...{ typing: new Map(), openedAt: 0, heardAt: 0, pingAt: 0, failures: 0, asks: 0, connections: 0 },
    ...{ toldTypingAt: LONG_AGO, away: false, toldAway: false, toldAwayAt: LONG_AGO },
  };
}
