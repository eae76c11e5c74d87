import type { LookupFunction } from 'node:net';
import { type Duration, type Instant, retryAfter, SECOND } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { setting } from '../aws/settings.ts';
import { exchange, type OutboundAnswer, type OutboundRequest } from './outbound-exchange.ts';
import { OutboundFailure } from './outbound-failure.ts';
import { originsIn, targetOf } from './outbound-target.ts';

export type { OutboundAnswer, OutboundRequest } from './outbound-exchange.ts';
export { OutboundFailure } from './outbound-failure.ts';

/** What a request may take, beside what its caller has time for. */
export interface OutboundLimits {
  /** No try begins, goes on or is waited for after this instant. */
  readonly until: Instant;
  /** The longest that one try may take. @default 4 s */
  readonly time?: Duration;
  /** The most bytes of an answer. @default 256 KB */
  readonly bytes?: number;
  /** Whether the beginning of a longer answer is an answer. @default 'refuse' */
  readonly beyond?: 'cut' | 'refuse';
  /** @default 3 */
  readonly tries?: number;
  /** Whether it may be carried out twice: then it is tried again after a lost answer and any 5xx. Else only after 429 and 503. */
  readonly repeatable: boolean;
}

/** Sends a request to a place outside: the answer, whatever its status, or a thrown `OutboundFailure`. */
export type Send = (request: OutboundRequest, limits: OutboundLimits) => Promise<OutboundAnswer>;

/** The one client for requests to addresses that others chose. It reaches no private address but what the deployment allows. */
export const send: Send = (request, limits) =>
  outbound(originsIn(setting('allowedEndpoints')))(request, limits);

/** A client that reaches these origins beside public addresses. */
export function outbound(allowed: ReadonlySet<string>, lookup?: LookupFunction): Send {
  return async (request, limits) => {
    const target = targetOf(request.url, allowed, request.cluster, request.isForSns);
    const { until, time = 4 * SECOND, tries = 3, repeatable } = limits;
    const { bytes = 256 * 1024, beyond = 'refuse' } = limits;
    for (let failures = 1; ; failures++) {
      const left = until - clock.now();
      if (left <= 0) throw new OutboundFailure('timeout', 'there was no time left to ask');
      const most = { time: Math.min(time, left), bytes, beyond };
      const outcome = await settled(exchange(target, request, most, lookup));
      const pause = failures < tries ? pauseAfter(outcome, failures, repeatable) : undefined;
      if (pause === undefined || clock.now() + pause >= until) return unsettled(outcome);
      await clock.pause(pause);
    }
  };
}

type Outcome = OutboundAnswer | OutboundFailure;

const settled = (answer: Promise<OutboundAnswer>): Promise<Outcome> =>
  answer.catch((error: unknown) => {
    if (error instanceof OutboundFailure) return error;
    throw error;
  });

function unsettled(outcome: Outcome): OutboundAnswer {
  if (outcome instanceof OutboundFailure) throw outcome;
  return outcome;
}

/** How long to wait before the next try; undefined when there shall be none. */
function pauseAfter(outcome: Outcome, failures: number, repeatable: boolean): Duration | undefined {
  const backoff = (0.5 + Math.random() / 2) * 200 * 2 ** failures;
  if (outcome instanceof OutboundFailure)
    return repeatable && ['timeout', 'unreachable'].includes(outcome.fault) ? backoff : undefined;
  const { status, headers } = outcome;
  const isPassing = status === 429 || status === 503 || (repeatable && status >= 500);
  if (!isPassing) return undefined;
  return Math.max(backoff, retryAfter(headers['retry-after'], clock.now()) ?? 0);
}
