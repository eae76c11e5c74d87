import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Heartbeat, stateOfHeartbeat } from '../../../shared/alerts/index.ts';
import { type Instant, Refusal } from '../../../shared/kernel/index.ts';
import { replyToError, statusOf } from '../../edge/errors.ts';
import { type Reply, reply } from '../../edge/reply.ts';
import { BodyRefused, NotOwner } from '../refusals.ts';
import type { Post } from './entrance.ts';

/** What every answer of Opsgenie's API carries; the time that it took is not ours to tell. */
const TOOK = 0.001;

const headersOf = (requestId: string) => ({
  'x-request-id': requestId,
  'x-response-time': String(TOOK),
  'x-ratelimit-state': 'OK',
});

/** That a request was taken: it is done a moment later, whatever it asks for. */
export function processedLater(requestId: string): Reply {
  const body = { result: 'Request will be processed', took: TOOK, requestId };
  return reply(202, body, headersOf(requestId));
}

/** What was asked for. */
export function found(data: unknown, requestId: string): Reply {
  return reply(200, { data, took: TOOK, requestId }, headersOf(requestId));
}

/** What was done to a heartbeat, and how it stands. */
export function outlined(
  status: number,
  result: string,
  heartbeat: Heartbeat,
  now: Instant,
  requestId: string,
): Reply {
  const { name, enabled } = heartbeat;
  const data = { name, enabled, expired: stateOfHeartbeat(heartbeat, now) === 'missed' };
  return reply(status, { result, data, took: TOOK, requestId }, headersOf(requestId));
}

/** That a heartbeat was heard. */
export function pong(requestId: string): Reply {
  return reply(202, { result: 'PONG - Heartbeat received', took: TOOK, requestId }, headersOf(requestId));
}

/** A key that is not known is told with 401, and what a body lacks with 422 and the fields, as Opsgenie does; 403 is that of a key that may do less. */
const statuses = { ...statusOf, forbidden: 401, mismatch: 422 } as const;

/** Any refusal in Opsgenie's form. */
export function refusedAsOpsgenie(thrown: unknown, { requestId }: Pick<Post, 'requestId'>): Reply {
  const { headers } = replyToError(thrown, requestId, 'receive');
  const own = { ...headersOf(requestId), ...headers };
  if (!(thrown instanceof Refusal)) {
    const message = 'Internal Server Error. Try again; if it stays, report the request id.';
    return reply(500, { message, took: TOOK, requestId }, own);
  }
  if (thrown instanceof BodyRefused && thrown.code === 'invalid') {
    const message = 'Request body is not processable. Please check the errors.';
    return reply(422, { message, errors: fieldsOf(thrown.errors), took: TOOK, requestId }, own);
  }
  const limited = thrown.code === 'limit' ? { 'x-ratelimit-state': 'THROTTLED' } : {};
  const body = { message: thrown.message, took: TOOK, requestId };
  const status = thrown instanceof NotOwner ? statusOf.forbidden : statuses[thrown.code];
  return reply(status, body, { ...own, ...limited });
}

/** The same for what is refused before its verb is known, such as a path that there is not; nothing where others speak. */
export function refusedAtOpsgenie(
  thrown: unknown,
  { path, requestContext: { requestId } }: Pick<APIGatewayProxyEvent, 'path' | 'requestContext'>,
): Reply | undefined {
  if (!/^\/v2\/(alerts|heartbeats)(\/|$)/.test(path) || !(thrown instanceof Refusal)) return undefined;
  return refusedAsOpsgenie(thrown, { requestId });
}

/** Each error under the field that stands before its colon. */
function fieldsOf(errors: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    errors.map((error) => {
      const [, field = 'body', text = error] = /^(\w+): (.*)$/s.exec(error) ?? [];
      return [field, text];
    }),
  );
}
