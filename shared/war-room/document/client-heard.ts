import { type Instant, SECOND } from '../../kernel/index.ts';
import type { ServerMessage, ServerMessageOf } from '../protocol.ts';
import { fromBase64 } from './base64.ts';
import type { DocumentEffect, DocumentStep } from './client-speak.ts';
import type { DocumentClient } from './client-state.ts';
import { documentTimes } from './limits.ts';
import { joined } from './text.ts';

/** What a frame of the server changes, and what of it belongs into the text. */
export function heard(client: DocumentClient, frame: ServerMessage, now: Instant): DocumentStep {
  if (client.link === 'closed' || !('incident' in frame) || frame.incident !== client.incident)
    return [client, []];
  switch (frame.type) {
    case 'doc.state':
      return answered(client, frame, now);
    case 'doc.updates': {
      const positions = frame.updates.map(({ position }) => position);
      const effects = frame.updates.map(({ update }) => applying(fromBase64(update)));
      return [noted(client, positions, now), effects];
    }
    case 'doc.accepted':
      return [accepted(client, frame, now), []];
    case 'doc.cursor':
      return frame.client === client.copy ? [client, []] : [client, [{ ...frame, do: 'point' }]];
    case 'error':
      return [complained(client, frame, now), []];
    default:
      return [client, []];
  }
}

const applying = (update: Uint8Array): DocumentEffect => ({ do: 'apply', update });

/** When an answer that does not reach what was heard meanwhile is followed by the next question. */
const AGAIN = SECOND;

/** Takes a part of an answer. The last one that comes brings everything up to the position that it names. */
function answered(client: DocumentClient, frame: ServerMessageOf<'doc.state'>, now: Instant): DocumentStep {
  const { question, ...rest } = client;
  if (question?.id !== frame.id) return [client, []];
  const parts = new Map(question.parts).set(frame.part, fromBase64(frame.data));
  if (parts.size < frame.of) return [{ ...rest, question: { ...question, at: now, parts, asks: 1 } }, []];
  const ordered = [...parts].toSorted(([a], [b]) => a - b).map(([, part]) => part);
  const whole = { ...rest, known: Math.max(rest.known, frame.last), askAt: now + documentTimes.check };
  const open = noted({ ...whole, link: 'open' }, [], now);
  const askAt = open.ahead.size > 0 ? now + AGAIN : open.askAt;
  return [{ ...open, askAt }, [applying(joined(ordered))]];
}

/** Notes positions that are known now. What is missing before them is asked for soon: two pushes overtake each other. */
function noted(client: DocumentClient, positions: readonly number[], now: Instant): DocumentClient {
  const ahead = new Set([...client.ahead, ...positions].filter((position) => position > client.known));
  let { known } = client;
  while (ahead.delete(known + 1)) known += 1;
  const soon = ahead.size > 0 ? now + documentTimes.hole : Number.POSITIVE_INFINITY;
  return { ...client, known, ahead, askAt: Math.min(client.askAt, soon) };
}

function accepted(
  client: DocumentClient,
  frame: ServerMessageOf<'doc.accepted'>,
  now: Instant,
): DocumentClient {
  const { flying, ...rest } = noted(client, [frame.position], now);
  return flying !== undefined && flying.id !== frame.id ? { ...rest, flying } : rest;
}

/** How long a message waits when the server has too much to do, or had a fault. */
const BUSY = 5 * SECOND;
const FAULT = 2 * SECOND;

function complained(client: DocumentClient, error: ServerMessageOf<'error'>, now: Instant): DocumentClient {
  const wait = error.rule === 'WR17' ? BUSY : error.code === 'internal' ? FAULT : undefined;
  const { flying, question, ...rest } = client;
  if (error.id !== undefined && error.id === flying?.id) {
    const { sentAt: _, ...later } = flying;
    const kept = { ...client, flying: later };
    return wait === undefined
      ? refused(kept, error)
      : { ...kept, flying: { ...later, waitUntil: now + wait } };
  }
  if (error.id === undefined || error.id !== question?.id) return client;
  const unasked = { ...rest, ...(flying && { flying }) };
  // Whoever is not in the room yet, or not any more, joins it anew by the room's own client.
  if (error.code !== 'forbidden' && error.code !== 'not_found')
    return { ...unasked, askAt: now + (wait ?? FAULT) };
  return refused({ ...unasked, askAt: now + documentTimes.check }, error);
}

const refused = (client: DocumentClient, { message }: ServerMessageOf<'error'>): DocumentClient => ({
  ...client,
  refused: message,
});
