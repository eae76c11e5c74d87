/** Why a call to the API did not do what was asked, in words for the person. */
export class Problem extends Error {
  /** Absent when no answer came. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = 'Problem';
    this.status = status;
  }
}

/** The problem that an answer tells: the API's own message, and for faults of the system the number to report. */
export function problemOf(status: number, body: unknown): Problem {
  const error = field(body, 'error');
  const message = field(error, 'message');
  if (typeof message !== 'string')
    return new Problem(`The API answered ${status} without saying why.`, status);
  const id = field(error, 'requestId');
  const report = status >= 500 && typeof id === 'string' ? ` (request ${id})` : '';
  return new Problem(`${message}${report}`, status);
}

/** The problem behind anything that was thrown while calling. */
export function problemBehind(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError')
    return new Problem('The API took too long to answer.');
  return new Problem('The API cannot be reached. Check your network.');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
