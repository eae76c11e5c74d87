import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { Refusal } from '../../shared/kernel/index.ts';
import { lowerCased } from './body.ts';
import { logFault } from './errors.ts';

/** The parts of a request that say who calls. Header names are in lower case. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** Who was found, and what API Gateway hands on to the function: strings only. */
export interface Identified {
  readonly id: string;
  readonly context: Readonly<Record<string, string>>;
}

/** A Lambda authorizer. A caller that cannot be told is a plain 401, whatever the reason; the reason stays inside. */
export function authorizer(identify: (credentials: Credentials) => Promise<Identified>) {
  return async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    try {
      const headers = lowerCased(event.headers);
      const found = await identify({ headers, query: event.queryStringParameters ?? {} });
      return allow(event.methodArn, found);
    } catch (error) {
      if (!(error instanceof Refusal)) logFault(error, 'authorizer');
      // API Gateway answers 401 to this text alone; a fault of ours must not look like one of the caller.
      throw error instanceof Refusal ? new Error('Unauthorized') : new Error('The authorizer failed');
    }
  };
}

/**
 * Before an authorizer of REST: lets through what a browser asks before it sends, which carries no credentials. The router
 * answers it, and no verb runs. It is asked here so that no path needs a method beside its own for that.
 */
export function exceptPreflight(ask: ReturnType<typeof authorizer>): typeof ask {
  return async (event) =>
    event.httpMethod === 'OPTIONS'
      ? allow(event.methodArn, { id: 'preflight', context: {} }, 'OPTIONS/*')
      : ask(event);
}

/** A policy for every method of the API unless it says less, since a gateway that caches it would ask only once. */
function allow(methodArn: string, { id, context }: Identified, methods = '*'): APIGatewayAuthorizerResult {
  const [api = '', stage = ''] = methodArn.split('/');
  return {
    principalId: id,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${api}/${stage}/${methods}` }],
    },
    context,
  };
}
