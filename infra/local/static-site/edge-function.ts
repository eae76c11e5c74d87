import { createContext, runInContext } from 'node:vm';

interface Value {
  readonly value: string;
}

/** A request as a CloudFront function sees and changes it. */
export interface EdgeRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Readonly<Record<string, Value>>;
  readonly headers: Readonly<Record<string, Value>>;
}

/** An answer as a CloudFront function sees, changes or makes it. */
export interface EdgeResponse {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, Value>>;
  readonly body?: string | { readonly data: string };
}

interface EdgeEvent {
  readonly eventType: 'viewer-request' | 'viewer-response';
  readonly domain: string;
  readonly requestId: string;
  readonly ip: string;
  readonly request: EdgeRequest;
  readonly response?: EdgeResponse;
}

/** Runs a CloudFront function: the changed request or response. Throws when the function does. */
export type EdgeFunction = (event: EdgeEvent) => EdgeRequest | EdgeResponse;

/** Ends what never would. It is no measure of speed, for on a busy machine the time is that of others. */
const longestMs = 10_000;

/** Compiles the code of a CloudFront function (`handler(event)`); events cross as JSON, as they do in CloudFront. */
export function edgeFunction(code: string, name: string): EdgeFunction {
  const context = createContext({});
  runInContext(code, context, { filename: name, timeout: longestMs });
  return ({ eventType, domain, requestId, ip, request, response }) => {
    const event = {
      version: '1.0',
      context: { distributionDomainName: domain, eventType, requestId },
      viewer: { ip },
      request: { cookies: {}, ...request },
      ...(response === undefined ? {} : { response }),
    };
    const call = `JSON.stringify(handler(${JSON.stringify(event)}))`;
    return JSON.parse(String(runInContext(call, context, { timeout: longestMs }))) as
      | EdgeRequest
      | EdgeResponse;
  };
}
