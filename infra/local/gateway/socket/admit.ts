import { refusal, type World } from '../../resource.ts';
import { grantOf } from '../authorizer-answer.ts';
import { invokeWithin } from '../invoke.ts';
import { evaluate } from '../policy.ts';
import { headerOf } from '../request-values.ts';
import type { SocketApi } from './api.ts';
import type { Connection } from './connections.ts';
import { type Opening, openingEvent, socketContext } from './event.ts';

/** The opening of a connection is refused with this HTTP status; `detail` goes to the log only. */
export class Refused extends Error {
  readonly status: number;
  readonly detail: string | undefined;

  constructor(status: number, detail?: string) {
    super(`refused with ${status}`);
    this.status = status;
    this.detail = detail;
  }
}

/** Asks the authorizer of `$connect`, if there is one; the result is `requestContext.authorizer`. Throws `Refused`. */
export async function admit(
  api: SocketApi,
  world: World,
  connection: Connection,
  opening: Opening,
  ms: number,
): Promise<Connection['authorizer']> {
  if (!api.authorizer) return undefined;
  const { sources, function: arn } = api.authorizer;
  if (sources.some((source) => identityValue(source, opening, api) === undefined)) throw new Refused(401);
  const methodArn = `arn:aws:execute-api:${world.account.region}:${world.account.id}:${api.id}/${api.stage.name}/$connect`;
  const requestContext = socketContext(api, world, connection, 'CONNECT', '$connect');
  const result = await invokeWithin(
    world,
    arn,
    { type: 'REQUEST', methodArn, ...openingEvent(opening, api), requestContext },
    ms,
    refusal,
  );
  if (result === 'timed out') throw new Refused(500, 'the authorizer did not answer in time');
  if (!result.ok && result.errorMessage === refusal) throw new Refused(401);
  if (!result.ok) throw new Refused(500, `${result.errorType}: ${result.errorMessage}`);
  const [grant, verdict] = read(() => {
    const given = grantOf(result.payload);
    return [given, evaluate(given.policyDocument, methodArn)] as const;
  });
  if (verdict !== 'allow') throw new Refused(403);
  return { ...grant.context, principalId: grant.principalId, integrationLatency: 0 };
}

/** Lets `$connect` decide, if it has a function; the result is the subprotocol that it chose. Throws `Refused`. */
export async function askConnect(
  api: SocketApi,
  world: World,
  connection: Connection,
  opening: Opening,
  ms: number,
): Promise<string | undefined> {
  const route = api.routes.get('$connect');
  if (!route) return undefined;
  const requestContext = socketContext(api, world, connection, 'CONNECT', '$connect');
  const result = await invokeWithin(
    world,
    route.function,
    { ...openingEvent(opening, api), requestContext, isBase64Encoded: false },
    ms,
  );
  if (result === 'timed out') throw new Refused(504, '$connect did not answer in time');
  if (!result.ok) throw new Refused(502, `${result.errorType}: ${result.errorMessage}`);
  const { statusCode, headers } = (result.payload ?? {}) as {
    statusCode?: unknown;
    headers?: Record<string, unknown>;
  };
  if (typeof statusCode !== 'number') throw new Refused(502, '$connect answered no statusCode');
  if (statusCode < 200 || statusCode > 299) throw new Refused(statusCode);
  const protocol = Object.entries(headers ?? {}).find(
    ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
  );
  return protocol === undefined ? undefined : String(protocol[1]);
}

function read<Result>(from: () => Result): Result {
  try {
    return from();
  } catch (error) {
    throw new Refused(500, error instanceof Error ? error.message : String(error));
  }
}

function identityValue(source: string, opening: Opening, api: SocketApi): string | undefined {
  const [, place, name = ''] =
    /^(route\.request\.querystring|route\.request\.header|stageVariables)\.(.+)$/.exec(source) ?? [];
  if (place === 'route.request.querystring') return opening.query.single?.[name] || undefined;
  if (place === 'route.request.header') return headerOf(opening.headers, name);
  return place === 'stageVariables' ? api.stage.variables?.[name] : undefined;
}
