import type { InvocationResult, Resource, World } from '../resource.ts';

/** `arn:aws:execute-api:<region>:<account>:<api>` */
export const apiArn = ({ account }: World, { identity }: Pick<Resource, 'identity'>): string =>
  `arn:aws:execute-api:${account.region}:${account.id}:${identity.ref}`;

const gateway = 'apigateway.amazonaws.com';

/** What an integration or authorizer says of its call, and for which source API Gateway makes it. */
export interface Invocation {
  readonly uri: unknown;
  readonly source: string;
  /** The ARN of the role that API Gateway takes for the call; without one the function's own policy decides. */
  readonly credentials?: unknown;
}

/**
 * The ARN of the function that an integration or authorizer invokes. Throws when there is none, and when neither its role nor,
 * without a role, a permission lets API Gateway invoke it: in AWS every call would be answered 500.
 */
export function invocable(world: World, id: string, { uri, source, credentials }: Invocation): string {
  const place = world.place(id);
  const arn = functionArn(uri, place);
  if (credentials !== undefined) {
    const role = String(credentials);
    if (!world.mayByRole(gateway, role, 'lambda:InvokeFunction', arn))
      throw new Error(`${place}: no role ${role} lets ${gateway} take it and allows to invoke ${arn}`);
  } else if (!world.mayInvoke(gateway, arn, source))
    throw new Error(`${place}: no AWS::Lambda::Permission lets API Gateway invoke ${arn} for ${source}`);
  return arn;
}

/** The ARN of the function in an integration or authorizer URI. Throws when the URI names no function. */
function functionArn(uri: unknown, place: string): string {
  const found = typeof uri === 'string' ? /\/functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1] : undefined;
  if (found === undefined)
    throw new Error(`${place}: the local gateway calls Lambda functions only, not ${JSON.stringify(uri)}`);
  return found;
}

/** Invokes a function and gives up waiting after `ms`, as an integration does; the function itself goes on. */
export async function invokeWithin(
  world: World,
  arn: string,
  event: unknown,
  ms: number,
  expected?: string,
): Promise<InvocationResult | 'timed out'> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<'timed out'>((resolve) => {
    timer = setTimeout(() => resolve('timed out'), ms);
  });
  try {
    return await Promise.race([world.functions.invoke(arn, event, expected), timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
