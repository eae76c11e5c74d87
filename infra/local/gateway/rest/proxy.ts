import type { World } from '../../resource.ts';
import { invokeWithin } from '../invoke.ts';
import type { RestLimits } from '../limits.ts';
import { headerOf } from '../request-values.ts';
import { type Answer, proxyAnswer } from './answer.ts';
import type { RestApi } from './api.ts';
import { type Call, sharedEvent } from './event.ts';
import { GatewayFailure } from './failures.ts';
import type { Matched } from './routes.ts';

/** One call that passed routing and authorisation. */
export interface Admitted {
  readonly call: Call;
  readonly matched: Matched;
  readonly body: Buffer;
  readonly authorizer: Readonly<Record<string, unknown>> | undefined;
}

/** Lets a function answer (AWS_PROXY). Throws the gateway's failure: 413, 502 or 504. */
export async function callFunction(
  arn: string,
  { call, matched, body, authorizer }: Admitted,
  { api, world, limits }: { api: RestApi; world: World; limits: RestLimits },
): Promise<Answer> {
  const binary = api.isBinary(headerOf(call.headers, 'content-type') ?? 'application/json');
  const event = {
    ...sharedEvent(call, matched, api, authorizer),
    body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && body.length > 0,
  };
  if (size(event) > limits.lambdaBytes) throw new GatewayFailure('REQUEST_TOO_LARGE');
  const result = await invokeWithin(world, arn, event, limits.integrationMs);
  if (result === 'timed out') throw new GatewayFailure('INTEGRATION_TIMEOUT', arn);
  if (!result.ok) throw new GatewayFailure('DEFAULT_5XX', `${result.errorType}: ${result.errorMessage}`);
  if (size(result.payload) > limits.lambdaBytes)
    throw new GatewayFailure('DEFAULT_5XX', 'the answer is over the limit of Lambda');
  const answer = proxyAnswer(
    result.payload,
    api.isBinary,
    headerOf(call.headers, 'accept') ?? 'application/json',
  );
  if (answer === undefined) throw new GatewayFailure('DEFAULT_5XX', 'malformed Lambda proxy response');
  return answer;
}

function size(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
