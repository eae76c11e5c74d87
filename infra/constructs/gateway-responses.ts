import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface OwnAnswer {
  readonly type: ResponseType;
  readonly code: string;
  readonly message: string;
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const wait = { 'Retry-After': "'1'" };

/** What the gateway answers itself, in the body that the functions use for errors. */
const answers: readonly OwnAnswer[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    code: 'unauthenticated',
    message:
      'No valid credential came with the request. Send a bearer token or a key in the Authorization header.',
  },
  {
    type: ResponseType.ACCESS_DENIED,
    code: 'forbidden',
    message: 'The credential is valid, but it does not reach this organisation or path.',
  },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: '404',
    code: 'not_found',
    message: 'There is nothing at this path. /api/openapi.json lists all paths.',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    code: 'too_large',
    message: 'The request is larger than this API takes. Send at most 1 MB.',
  },
  {
    type: ResponseType.THROTTLED,
    code: 'limit',
    message: 'Too many requests at once. Send it again in a second.',
    headers: wait,
  },
  { type: ResponseType.DEFAULT_4XX, code: 'invalid', message: 'The gateway could not read this request.' },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: '503',
    code: 'unavailable',
    message: 'The answer took too long. Send it again.',
    headers: wait,
  },
  {
    type: ResponseType.INTEGRATION_FAILURE,
    status: '503',
    code: 'unavailable',
    message: 'The request could not be passed on. Send it again.',
    headers: wait,
  },
  {
    type: ResponseType.DEFAULT_5XX,
    code: 'internal',
    message: 'Something went wrong on our side. Try again; if it stays, report the request id.',
  },
];

/** Gives an API answers of its own that the console's pages may read. */
export function addGatewayResponses(api: RestApi, consoleOrigin: string): void {
  for (const { type, status, code, message, headers } of answers) {
    api.addGatewayResponse(type.responseType.toLowerCase().replaceAll('_', '-'), {
      type,
      ...(status !== undefined && { statusCode: status }),
      responseHeaders: {
        'Access-Control-Allow-Origin': `'${consoleOrigin}'`,
        'Cache-Control': "'no-store'",
        ...headers,
      },
      templates: { 'application/json': body(code, message) },
    });
  }
}

function body(code: string, message: string): string {
  return JSON.stringify({ error: { code, message, requestId: '$context.requestId' } });
}
