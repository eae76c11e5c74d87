import type { InvocationResult, World } from '../resource.ts';

/** The ARN of the function in an integration or authorizer URI. Throws when the URI names no function. */
export function functionArn(uri: unknown, place: string): string {
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
