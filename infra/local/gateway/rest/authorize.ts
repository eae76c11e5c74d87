import type { Verdict } from '../../iam/statement.ts';
import { refusal, type World } from '../../resource.ts';
import { type Grant, grantOf } from '../authorizer-answer.ts';
import { invokeWithin } from '../invoke.ts';
import { evaluate } from '../policy.ts';
import { headerOf } from '../request-values.ts';
import type { Authorizer, RestApi } from './api.ts';
import { type Call, sharedEvent } from './event.ts';
import { GatewayFailure } from './failures.ts';
import type { Matched } from './routes.ts';

/** What an authorizer said before, by the values it was asked about; times are the world's. */
export type Remembered = Map<string, { readonly until: number; readonly grant: Grant }>;

const rememberedMost = 10_000;

/**
 * `requestContext.authorizer` for a call that is allowed. Throws the gateway's failure otherwise: 401 when an identity
 * source is missing or the authorizer says "Unauthorized", 403 by its policy, 500 when the authorizer itself fails.
 */
export async function authorize(
  authorizer: Authorizer,
  call: Call,
  matched: Matched,
  {
    api,
    world,
    remembered,
    integrationMs,
  }: { api: RestApi; world: World; remembered: Remembered; integrationMs: number },
): Promise<Readonly<Record<string, unknown>>> {
  const values = authorizer.sources.map((source) => identityValue(source, call, api));
  if (values.includes(undefined)) throw new GatewayFailure('UNAUTHORIZED');
  if (authorizer.validation && !authorizer.validation.test(values[0] ?? ''))
    throw new GatewayFailure('UNAUTHORIZED');
  const arn = methodArn(call, api, world);
  const key = JSON.stringify([authorizer.id, ...values]);
  const started = world.clock.now();
  const known = remembered.get(key);
  const grant =
    known && known.until > started
      ? known.grant
      : await ask(authorizer, call, matched, { api, world, arn, integrationMs, token: values[0] });
  if (grant !== known?.grant && authorizer.ttlMs > 0 && values.length > 0)
    remember(remembered, key, grant, started + authorizer.ttlMs);
  const verdict = verdictOf(grant, arn);
  if (verdict === 'explicit deny')
    throw new GatewayFailure(
      'ACCESS_DENIED',
      undefined,
      'User is not authorized to access this resource with an explicit deny',
    );
  if (verdict !== 'allow') throw new GatewayFailure('ACCESS_DENIED');
  return {
    ...grant.context,
    principalId: grant.principalId,
    integrationLatency: world.clock.now() - started,
  };
}

interface Asking {
  readonly api: RestApi;
  readonly world: World;
  readonly arn: string;
  readonly integrationMs: number;
  readonly token: string | undefined;
}

async function ask(
  authorizer: Authorizer,
  call: Call,
  matched: Matched,
  { api, world, arn, integrationMs, token }: Asking,
): Promise<Grant> {
  const event =
    authorizer.type === 'TOKEN'
      ? { type: 'TOKEN', methodArn: arn, authorizationToken: token }
      : { type: 'REQUEST', methodArn: arn, ...sharedEvent(call, matched, api) };
  const result = await invokeWithin(world, authorizer.function, event, integrationMs, refusal);
  if (result === 'timed out')
    throw new GatewayFailure('AUTHORIZER_FAILURE', 'the authorizer did not answer in time');
  if (!result.ok && result.errorMessage === refusal) throw new GatewayFailure('UNAUTHORIZED');
  if (!result.ok)
    throw new GatewayFailure('AUTHORIZER_FAILURE', `${result.errorType}: ${result.errorMessage}`);
  return configured(() => grantOf(result.payload));
}

function verdictOf(grant: Grant, arn: string): Verdict {
  return configured(() => evaluate(grant.policyDocument, arn));
}

function configured<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new GatewayFailure(
      'AUTHORIZER_CONFIGURATION_ERROR',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** The value of an identity source; `undefined` when the request lacks it. */
function identityValue(source: string, call: Call, api: RestApi): string | undefined {
  const [, place, name = ''] =
    /^(method\.request\.header|method\.request\.querystring|stageVariables|context)\.(.+)$/.exec(source) ??
    [];
  if (place === 'method.request.header') return headerOf(call.headers, name);
  if (place === 'method.request.querystring') return call.query.single?.[name] || undefined;
  if (place === 'stageVariables') return api.stage.variables?.[name];
  const value = name
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], call.context);
  return typeof value === 'string' ? value : undefined;
}

function methodArn(call: Call, api: RestApi, world: World): string {
  return `arn:aws:execute-api:${world.account.region}:${world.account.id}:${api.id}/${api.stage.name}/${call.method}${call.path}`;
}

function remember(remembered: Remembered, key: string, grant: Grant, until: number): void {
  if (remembered.size >= rememberedMost) remembered.delete(remembered.keys().next().value ?? '');
  remembered.set(key, { until, grant });
}
