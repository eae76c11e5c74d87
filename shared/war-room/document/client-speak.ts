import * as Y from 'yjs';
import type { Instant } from '../../kernel/index.ts';
import { cursorPause } from '../budget.ts';
import { PROTOCOL_VERSION, patienceAfter } from '../limits.ts';
import type { ClientFrame, ServerMessageOf } from '../protocol.ts';
import { toBase64 } from './base64.ts';
import type { DocumentClient } from './client-state.ts';
import { cutUpdate } from './cut.ts';
import { documentTimes } from './limits.ts';

/** What is to be done: say doc.open with what the copy has, send a frame, put a change into the copy, or show a cursor. */
export type DocumentEffect =
  | { readonly do: 'ask'; readonly id: string }
  | { readonly do: 'send'; readonly frame: ClientFrame }
  | { readonly do: 'apply'; readonly update: Uint8Array }
  | ({ readonly do: 'point' } & Pick<ServerMessageOf<'doc.cursor'>, 'client' | 'cursor' | 'person'>);

export type DocumentStep = readonly [client: DocumentClient, effects: readonly DocumentEffect[]];

const NEVER = Number.POSITIVE_INFINITY;

/** Says what is due, in the order in which it is sent. */
export function speak(client: DocumentClient, now: Instant): DocumentStep {
  if (client.link === 'closed') return [client, []];
  const [asked, questions] = ask(client, now);
  const [written, changes] = write(asked, now);
  const [told, cursors] = point(written, now);
  return [told, [...questions, ...changes, ...cursors]];
}

function ask(client: DocumentClient, now: Instant): DocumentStep {
  if (askTime(client) > now) return [client, []];
  const [id, named] = name(client);
  const asks = (client.question?.asks ?? 0) + 1;
  return [{ ...named, question: { id, at: now, parts: new Map(), asks } }, [{ do: 'ask', id }]];
}

/** One change is on its way at a time; what is written meanwhile becomes the next. */
function write(client: DocumentClient, now: Instant): DocumentStep {
  if (writeTime(client) > now) return [client, []];
  const next = client.flying === undefined ? taken(client) : client;
  const { flying, incident } = next;
  if (flying === undefined) return [next, []];
  const { id, update, sends = 0 } = flying;
  const body = { v: PROTOCOL_VERSION, type: 'doc.update', incident, id, update: toBase64(update) } as const;
  const again = { id, update, sentAt: now, sends: sends + 1 };
  const sent = { ...next, flying: again, sendAt: now + documentTimes.pause };
  return [sent, [{ do: 'send', frame: body }]];
}

function taken(client: DocumentClient): DocumentClient {
  const [update, ...waiting] = cutUpdate(Y.mergeUpdates([...client.waiting]));
  if (update === undefined) return { ...client, waiting };
  const [id, named] = name(client);
  return { ...named, waiting, flying: { id, update } };
}

function point(client: DocumentClient, now: Instant): DocumentStep {
  if (pointTime(client) > now) return [client, []];
  const { incident, copy, cursor } = client;
  const frame = { v: PROTOCOL_VERSION, type: 'doc.cursor', incident, client: copy, cursor } as const;
  const told = {
    ...client,
    cursorIsTold: true,
    cursorAt: now + Math.max(documentTimes.pause, cursorPause(client.others)),
  };
  return [told, [{ do: 'send', frame }]];
}

function name(client: DocumentClient): readonly [id: string, client: DocumentClient] {
  const count = client.count + 1;
  return [`${client.name}-${count}`, { ...client, count }];
}

function askTime({ question, askAt }: DocumentClient): Instant {
  return question === undefined ? askAt : question.at + patienceAfter(question.asks);
}

function writeTime({ link, refused, waiting, flying, sendAt }: DocumentClient): Instant {
  if (link !== 'open' || refused !== undefined) return NEVER;
  if (flying === undefined) return waiting.length > 0 ? sendAt : NEVER;
  const { waitUntil = 0, sentAt, sends = 1 } = flying;
  return Math.max(waitUntil, sentAt === undefined ? 0 : sentAt + patienceAfter(sends));
}

function pointTime({ link, cursor, cursorIsTold, cursorAt }: DocumentClient): Instant {
  if (link !== 'open') return NEVER;
  if (!cursorIsTold) return cursorAt;
  return cursor === null ? NEVER : cursorAt + documentTimes.cursorAgain;
}

/** When something is due next. */
export function documentWakeAt(client: DocumentClient): Instant {
  if (client.link === 'closed') return NEVER;
  return Math.min(askTime(client), writeTime(client), pointTime(client));
}
