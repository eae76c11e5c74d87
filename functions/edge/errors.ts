import { type ErrorCode, Refusal } from '../../shared/kernel/index.ts';
import { log } from './log.ts';
import { Reply } from './reply.ts';

/** The one table from refusals to HTTP. */
export const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition: 412,
  mismatch: 422,
  too_large: 413,
  unsupported: 415,
  limit: 429,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

/** What may succeed when it is tried again soon: the caller is told when. */
const retryable: ReadonlySet<ErrorCode> = new Set(['limit', 'unavailable']);

/** The answer to whatever was thrown. A refusal explains itself; anything else is logged once and answers a generic 500. */
export function replyToError(thrown: unknown, requestId: string, place: string): Reply {
  if (!(thrown instanceof Refusal)) {
    logFault(thrown, `${place}, request ${requestId}`);
    const message = 'Something went wrong on our side. Try again; if it stays, report the request id.';
    return new Reply(500, { error: { code: 'internal', message, requestId } }, {});
  }
  const { code, message, param } = thrown;
  const body = { error: { code, message, ...(param !== undefined && { param }), requestId } };
  return new Reply(statusOf[code], body, retryable.has(code) ? { 'retry-after': '5' } : {});
}

/** Logs what nobody foresaw, once. */
export function logFault(thrown: unknown, place: string): void {
  log.error('fault', {
    place,
    error: thrown instanceof Error ? thrown : new Error(`Thrown: ${typeof thrown}`),
  });
}
