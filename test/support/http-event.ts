import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

/** What a test says of a request; everything else is as API Gateway would send it. */
export interface TestRequest {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly sourceIp?: string;
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

/** The event that API Gateway makes of a request with binary media types: every body arrives in base64. */
export function httpEvent(request: TestRequest): APIGatewayProxyEvent {
  const {
    method = 'GET',
    path,
    query = {},
    headers = {},
    body,
    authorizer,
    sourceIp = '192.0.2.1',
  } = request;
  const all = Object.entries(query).map(([name, value]) => [name, [value].flat()] as const);
  const json = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  const bytes = json ? JSON.stringify(body) : body;
  return {
    resource: path,
    path,
    httpMethod: method,
    headers: { ...(json && { 'Content-Type': 'application/json' }), ...headers },
    multiValueHeaders: {},
    queryStringParameters: Object.fromEntries(all.map(([name, values]) => [name, values.at(-1)])),
    multiValueQueryStringParameters: Object.fromEntries(all),
    pathParameters: null,
    stageVariables: null,
    body: body === undefined ? null : Buffer.from(bytes as string | Uint8Array).toString('base64'),
    isBase64Encoded: body !== undefined,
    requestContext: {
      requestId: 'request-1',
      resourcePath: '/{proxy+}',
      authorizer: authorizer ?? {},
      identity: { sourceIp },
    },
  } as unknown as APIGatewayProxyEvent;
}

/** The context of an invocation with plenty of time. */
export const lambdaContext = { getRemainingTimeInMillis: () => 10_000 } as unknown as Context;
