import {
  asChangeEvent,
  asGenericEvent,
  changeFaults,
  type Keyed,
  routingKeyOf,
  serviceKeyOf,
} from '../../../shared/alerts/index.ts';
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
  keyIn: (body) => keyOrRefusal(routingKeyOf(body)),
  taken: ({ dedupKey }) => reply(202, { status: 'success', message: 'Event processed', dedup_key: dedupKey }),
  refused: (thrown, { requestId }) => refusedAs(thrown, requestId, statusOf),
};

/** Change events, which never page. */
export const pagerdutyChanges: Entrance = {
  ...pagerdutyEvents,
  keyIn: (body) => keyOrRefusal(routingKeyOf(body, changeFaults)),
  said: asChangeEvent,
  taken: () => reply(202, { status: 'success', message: 'Change event processed' }),
};

/**
 * Version 1, which old Alertmanagers speak. Its 403 means "too many": Alertmanager comes again for ever after one, so an unknown
 * key is told with 400.
 */
export const pagerdutyGeneric: Entrance = {
  ...pagerdutyEvents,
  keyIn: (body) => keyOrRefusal(serviceKeyOf(body)),
  said: asGenericEvent,
  taken: ({ dedupKey }) =>
    reply(200, { status: 'success', message: 'Event processed', incident_key: dedupKey }),
  refused: (thrown, { requestId }) =>
    refusedAs(thrown, requestId, { ...statusOf, forbidden: 400, limit: 403 }),
};

function keyOrRefusal(keyed: Keyed): string {
  if ('key' in keyed) return keyed.key;
  throw new BodyRefused('invalid', keyed.faults);
}

const invalid = { status: 'invalid event', message: 'Event object is invalid' } as const;
const unrecognized = {
  status: 'Unrecognized object',
  message: 'Event object format is unrecognized',
} as const;
const unstored = { status: 'unavailable', message: 'Event could not be stored' } as const;
const throttled = {
  status: 'throttle exceeded',
  message: 'Requests for this service are arriving too quickly.  Please retry later.',
} as const;

function refusedAs(
  thrown: unknown,
  requestId: string,
  status: Readonly<Record<Refusal['code'], number>>,
): Reply {
  if (!(thrown instanceof Refusal)) return replyToError(thrown, requestId, 'receive');
  const { code, message } = thrown;
  const { headers } = replyToError(thrown, requestId, 'receive');
  if (thrown instanceof NotJson) return eventError(400, unrecognized, ['JSON parse error', message]);
  if (code === 'limit') return eventError(status[code], throttled, ['Enhance Your Calm.', message], headers);
  if (code === 'unavailable') return eventError(status[code], unstored, [message], headers);
  return eventError(status[code], invalid, thrown instanceof BodyRefused ? thrown.errors : [message]);
}

function eventError(
  status: number,
  said: { readonly status: string; readonly message: string },
  errors: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return reply(status, { ...said, errors }, headers);
}
