import { type AlertSource, type Source, sourceNames, sources } from '../../../shared/alerts/index.ts';
import { Refusal } from '../../../shared/kernel/index.ts';
import { BODY_LIMIT, lowerCased } from '../../edge/body.ts';
import { replyToError } from '../../edge/errors.ts';
import { type Reply, reply } from '../../edge/reply.ts';
import type { Entrance, Post, Taken } from './entrance.ts';

/** An address with source and key in its path, and answers in our own words. */
export const webhook: Entrance = {
  source({ params, event }) {
    const source = sourceNamed(params.source ?? '');
    refuseMethod(source, event);
    return source;
  },
  limit: BODY_LIMIT,
  keyOf: ({ params }) => params.key ?? keyMissing(),
  asks: ({ event }) => event.httpMethod === 'OPTIONS',
  taken: (taken, { event }) => (event.httpMethod === 'OPTIONS' ? leave(event) : accepted(taken)),
  refused: (thrown, { requestId }) => replyToError(thrown, requestId, 'receive'),
};

function accepted({ receipt, signals, asides, ignored }: Taken): Reply {
  return reply(202, {
    status: 'accepted',
    signals,
    ...(asides > 0 && { asides }),
    ...(ignored !== undefined && { ignored }),
    receipt,
  });
}

/** A sender that was set up with the address but without its key. */
function keyMissing(): never {
  throw new Refusal(
    'unauthenticated',
    'The address lacks its key: use the whole URL that the integration was made with.',
  );
}

function sourceNamed(text: string): Source {
  const source = sourceNames.find((each) => each === text);
  if (source !== undefined) return source;
  throw new Refusal(
    'not_found',
    `There are no webhooks for this source; there are for ${sourceNames.join(', ')}.`,
    'path.source',
  );
}

/** An address that somebody opens in a browser is no alert, nor is one that a mail scanner follows. */
function refuseMethod(source: Source, { httpMethod, queryStringParameters }: Post['event']): void {
  const { byQuery, asksLeave }: AlertSource = sources[source];
  const isAsked = httpMethod === 'GET' ? byQuery : httpMethod !== 'OPTIONS' || asksLeave;
  if (!isAsked) {
    throw new Refusal('not_found', 'There is nothing to read here; send alerts with POST or PUT.');
  }
  if (httpMethod !== 'GET' || Object.keys(queryStringParameters ?? {}).length > 0) return;
  throw new Refusal(
    'invalid',
    'The query is empty; send what there is to tell in it, or with POST.',
    'query',
  );
}

/**
 * Whoever knows the key may send, from anywhere and as often as there is something to tell. Source: CloudEvents, "HTTP 1.1 Web
 * Hooks for Event Delivery" 4.2; without that answer Azure Event Grid sends nothing.
 */
function leave({ headers }: Post['event']): Reply {
  const origin = lowerCased(headers)['webhook-request-origin'] ?? '';
  return reply(200, undefined, {
    allow: 'POST',
    'webhook-allowed-origin': /^[\w.:-]{1,255}$/.test(origin) ? origin : '*',
    'webhook-allowed-rate': '*',
  });
}
