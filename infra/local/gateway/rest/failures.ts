/** The gateway's own answers that the local runner gives: status, error type, message (AWS: "Gateway response types"). */
export const failures = {
  ACCESS_DENIED: [403, 'AccessDeniedException', 'User is not authorized to access this resource'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'AuthorizerConfigurationException', null],
  AUTHORIZER_FAILURE: [500, 'AuthorizerConfigurationException', null],
  BAD_REQUEST_BODY: [400, 'BadRequestException', 'Bad Request'],
  DEFAULT_5XX: [502, 'InternalServerErrorException', 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException', 'Endpoint request timed out'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'RequestTooLongException', 'Request Too Long'],
  UNAUTHORIZED: [401, 'UnauthorizedException', 'Unauthorized'],
} as const satisfies Record<string, readonly [number, string, string | null]>;

/** A gateway response type, as the template names it. */
export type FailureType = keyof typeof failures;

/** The gateway answers by itself, without or instead of the function; `detail` goes to the log, never to the client. */
export class GatewayFailure extends Error {
  readonly type: FailureType;
  readonly detail: string | undefined;
  /** What `$context.error.message` holds. */
  readonly text: string | null;

  constructor(type: FailureType, detail?: string, text: string | null = failures[type][2]) {
    super(`${type}${detail === undefined ? '' : `: ${detail}`}`);
    this.type = type;
    this.detail = detail;
    this.text = text;
  }
}
