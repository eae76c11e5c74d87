import { wildcard } from '../wildcard.ts';
import { type ConditionKeys, plainNeed, serviceKeys, serviceNeed } from './need.ts';
import { deciding, readStatement, type Statement, statementsIn } from './statement.ts';
import { listOf } from './texts.ts';

const lambda = 'lambda.amazonaws.com';

/**
 * Whether a role's trust policy lets Lambda take the role for a function; a denial beats every leave. What it says of others
 * is left aside. Lambda tells the function's ARN and its account (trust policies in AWS's own samples ask for both).
 */
export function letsLambda(document: unknown, place: string, functionArn: string, account: string): boolean {
  const need = serviceNeed('sts:AssumeRole', '*', functionArn, account);
  return deciding(aboutTaking(document, place, lambda, serviceKeys), need)?.effect === 'Allow';
}

/**
 * Whether a role's trust policy lets a service take the role. Throws on a condition: what another service than Lambda tells of
 * itself when it takes a role, nobody here knows.
 */
export function letsService(document: unknown, place: string, service: string): boolean {
  const need = plainNeed('sts:AssumeRole', '*');
  return deciding(aboutTaking(document, place, service, {}), need)?.effect === 'Allow';
}

function aboutTaking(
  document: unknown,
  place: string,
  service: string,
  keys: ConditionKeys,
): readonly Statement[] {
  return statementsIn(document, place)
    .map((one, at) => readTrust(one, `${place}, statement ${at + 1} of its trust policy`, service, keys))
    .filter((one) => one !== undefined)
    .filter(({ actions }) => actions.some((action) => wildcard(action, 'sts:assumerole')));
}

/** A statement that speaks of the service; undefined when it speaks of others only. */
function readTrust(
  statement: unknown,
  place: string,
  service: string,
  keys: ConditionKeys,
): Statement | undefined {
  const { Principal, ...rest } = (statement ?? {}) as Record<string, unknown>;
  if (typeof Principal !== 'object' || Principal === null || 'NotPrincipal' in rest)
    throw new Error(`${place}: the local runner does not evaluate a statement whose Principal names nobody`);
  const { Service, AWS } = Principal as { Service?: unknown; AWS?: unknown };
  if (listOf(AWS).includes('*'))
    throw new Error(`${place}: the local runner does not evaluate a statement whose Principal is everybody`);
  if (!listOf(Service).includes(service)) return undefined;
  return readStatement({ ...rest, Resource: '*' }, place, keys);
}
