import * as Y from 'yjs';
import { type Instant, impossible } from '../../kernel/index.ts';
import type { ServerMessage } from '../protocol.ts';
import { heard } from './client-heard.ts';
import { type DocumentStep, speak } from './client-speak.ts';
import type { DocumentClient } from './client-state.ts';
import type { Cursor } from './messages.ts';

/** What happens to the client of a document. */
export type DocumentEvent =
  /** The room was joined, or its connection was lost. */
  | { readonly is: 'joined' | 'lost' | 'time' }
  | { readonly is: 'heard'; readonly frame: ServerMessage }
  | { readonly is: 'edited'; readonly update: Uint8Array }
  /** The cursor of this person is elsewhere, while so many others move theirs. */
  | { readonly is: 'moved'; readonly cursor: Cursor | null; readonly others: number };

/** How many changes are kept apart before they become one; to merge at each would take long in an hour without connection. */
const APART = 200;

/**
 * The whole behaviour of a document's client, as a function: what it knows and does after something happened. Whoever drives it
 * holds the copy of the text, and calls it with `time` at `documentWakeAt`.
 */
export function stepDocument(client: DocumentClient, event: DocumentEvent, now: Instant): DocumentStep {
  switch (event.is) {
    case 'joined':
      return speak({ ...unasked(client), link: 'opening', askAt: now, cursorAt: now }, now);
    case 'lost':
      return [unsent(client), []];
    case 'heard': {
      const [next, effects] = heard(client, event.frame, now);
      const [last, said] = speak(next, now);
      return [last, [...effects, ...said]];
    }
    case 'edited':
      return speak({ ...client, waiting: together([...client.waiting, event.update]) }, now);
    case 'moved':
      return speak({ ...client, cursor: event.cursor, cursorIsTold: false, others: event.others }, now);
    case 'time':
      return speak(client, now);
    default:
      return impossible(event);
  }
}

const together = (updates: readonly Uint8Array[]): readonly Uint8Array[] =>
  updates.length > APART ? [Y.mergeUpdates([...updates])] : updates;

function unasked({ question: _, ...client }: DocumentClient): DocumentClient {
  return client;
}

/** Nothing is on its way over a connection that is gone. */
function unsent(client: DocumentClient): DocumentClient {
  const { flying, ...rest } = unasked(client);
  const kept = flying && { flying: { id: flying.id, update: flying.update } };
  return { ...rest, ...kept, link: 'closed', cursorIsTold: client.cursor === null };
}
