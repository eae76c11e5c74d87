/** How often the SDK's clients try when they are not told otherwise. */
export const ATTEMPTS = 3;

// As @smithy/core classifies them in its standard mode.
const throttles: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
const timeOuts: ReadonlySet<string> = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException']);
const passingStatus: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** No answer came within the client's time: whether the call was done, nobody knows. */
export function noAnswer(): Error {
  const error = new Error('The connection timed out before an answer came');
  error.name = 'TimeoutError';
  return error;
}

/** What the SDK takes a fault for; only the first two are tried again. */
type ErrorType = 'THROTTLING' | 'TRANSIENT' | 'CLIENT_ERROR';

function typeOf(error: unknown): ErrorType {
  if (!(error instanceof Error)) return 'CLIENT_ERROR';
  const { $metadata, $retryable } = error as {
    $metadata?: { httpStatusCode?: number };
    $retryable?: { throttling?: boolean };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  if (throttles.has(error.name) || status === 429 || $retryable?.throttling) return 'THROTTLING';
  const isPassing = timeOuts.has(error.name) || $retryable !== undefined || passingStatus.has(status);
  return isPassing ? 'TRANSIENT' : 'CLIENT_ERROR';
}

/** How a client may be told to try again, in the SDK's own form; a token knows how often it failed and when it began. */
export interface RetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<object>;
  refreshRetryTokenForRetry(token: object, about: { readonly errorType: ErrorType }): Promise<object>;
}

/** Does a call until it is done, or the strategy says that it is not to be tried again: then it throws what came last. */
export async function trying(call: () => Promise<unknown>, strategy: RetryStrategy): Promise<unknown> {
  let token = await strategy.acquireInitialRetryToken('');
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const next = strategy.refreshRetryTokenForRetry(token, { errorType: typeOf(error) });
      const found = await next.catch(() => undefined);
      if (found === undefined) throw error;
      token = found;
    }
  }
}

/** As the SDK does it by itself: so many times, and the time between two tries is what a call takes. */
export async function tryingTimes(call: () => Promise<unknown>, attempts: number): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= attempts || typeOf(error) === 'CLIENT_ERROR') throw error;
    }
  }
}
