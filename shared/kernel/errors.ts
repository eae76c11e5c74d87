/** Every way in which the system refuses a request. `functions/edge/errors.ts` maps each to one HTTP status. */
export const errorCodes = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'precondition',
  'mismatch',
  'too_large',
  'unsupported',
  'limit',
  'unavailable',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * A refusal that its caller can understand: the message says what was got, what is allowed and what to do. Anything that is
 * not a `Refusal` is a fault of ours and answers a generic 500.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** The place of the fault in the request, such as `body.severity`. */
  readonly param: string | undefined;

  constructor(code: ErrorCode, message: string, param?: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.param = param;
  }
}

/** For the end of a switch over a closed union: does not compile while a case is missing. */
export function impossible(value: never): never {
  throw new Error(`A case that cannot be: ${JSON.stringify(value)}`);
}

/** The refusal of a cursor that was not made for the list that it is shown to. */
export const foreignCursor = (): Refusal =>
  new Refusal('invalid', 'The cursor does not belong to this list; start again without one.', 'query.cursor');
