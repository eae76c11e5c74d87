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

/** Whether the SDK would try again by itself. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata, $retryable } = error as {
    $metadata?: { httpStatusCode?: number };
    $retryable?: object;
  };
  if (throttles.has(error.name) || timeOuts.has(error.name) || $retryable !== undefined) return true;
  return passingStatus.has($metadata?.httpStatusCode ?? 0);
}
