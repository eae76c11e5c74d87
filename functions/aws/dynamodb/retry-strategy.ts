import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { type Duration, SECOND } from '../../../shared/kernel/index.ts';
import { clock } from '../clock.ts';
import { jittered } from './retry.ts';

type Strategy = Exclude<NonNullable<DynamoDBClientConfig['retryStrategy']>, { retry: unknown }>;
type Token = Awaited<ReturnType<Strategy['acquireInitialRetryToken']>>;

/** Five throttles in a row are nothing unusual while a table grows. */
const ATTEMPTS = 8;

/** No attempt begins later: a function has 10 s in all, and its message comes again. */
const LONGEST: Duration = 4 * SECOND;

/** A token of ours: it knows when its call began. */
type Begun = Token & { readonly since: number };

const tokenOf = (failures: number, since: number): Begun => ({
  getRetryCount: () => failures,
  getRetryDelay: () => 0,
  since,
});

/** What the SDK takes as its word to throw what came last: one for all, as every condition that fails asks for it. */
const notAgain = new Error('Not tried again');

/**
 * Tries calls again that were throttled, met a fault of the table or got no answer: up to 8 times within 4 s, with full jitter.
 * The SDK's own would wait up to a second after the first throttle and give up after four.
 */
export function tableRetries(): Strategy {
  return {
    acquireInitialRetryToken: async () => tokenOf(0, clock.now()),
    async refreshRetryTokenForRetry(token, { errorType }) {
      const failures = token.getRetryCount() + 1;
      const { since } = token as Begun;
      const passing = errorType === 'THROTTLING' || errorType === 'TRANSIENT';
      const pause = jittered(failures);
      if (!passing || failures >= ATTEMPTS || clock.now() + pause - since > LONGEST) throw notAgain;
      await clock.pause(pause);
      return tokenOf(failures, since);
    },
    recordSuccess: () => undefined,
  };
}
