import { routingKeyOf } from '../../../shared/alerts/index.ts';
import { Refusal } from '../../../shared/kernel/index.ts';
import { replyToError, statusOf } from '../../edge/errors.ts';
import { type Reply, reply } from '../../edge/reply.ts';
import { BodyRefused, NotJson } from '../refusals.ts';
import type { Entrance } from './entrance.ts';

/** As PagerDuty answers: its clients take only 202 for a success, and need `errors` to be a list of strings. */
export const pagerdutyEvents: Entrance = {
  source: () => 'pagerduty-events',
  limit: 512 * 1024,
  keyOf: () => undefined,
  keyIn(body) {
    const routing = routingKeyOf(body);
    if ('key' in routing) return routing.key;
    throw new BodyRefused('invalid', routing.faults);
  },
  taken: ({ dedupKey }) => reply(202, { status: 'success', message: 'Event processed', dedup_key: dedupKey }),
  refused(thrown, { requestId }) {
    if (!(thrown instanceof Refusal)) return replyToError(thrown, requestId, 'receive');
    const { code, message } = thrown;
    const headers = replyToError(thrown, requestId, 'receive').headers;
    if (thrown instanceof NotJson) return eventError(400, unrecognized, ['JSON parse error', message]);
    if (code === 'unavailable') return eventError(statusOf[code], unstored, [message], headers);
    return eventError(statusOf[code], invalid, thrown instanceof BodyRefused ? thrown.errors : [message]);
  },
};

const invalid = { status: 'invalid event', message: 'Event object is invalid' } as const;
const unrecognized = {
  status: 'Unrecognized object',
  message: 'Event object format is unrecognized',
} as const;
const unstored = { status: 'unavailable', message: 'Event could not be stored' } as const;

function eventError(
  status: number,
  said: { readonly status: string; readonly message: string },
  errors: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return reply(status, { ...said, errors }, headers);
}
