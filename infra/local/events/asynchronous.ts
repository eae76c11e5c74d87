import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Core } from '../core.ts';
import type { InvocationResult } from '../resource.ts';

const Properties = z.looseObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().default(2),
  DestinationConfig: z
    .looseObject({ OnFailure: z.looseObject({ Destination: z.string() }).optional() })
    .optional(),
});

/**
 * Invokes a function as Lambda does where nobody waits for its answer: again when it failed, and what fails to the end goes to
 * its destination. Lambda waits one and two minutes between the tries; here they follow at once.
 */
export async function invokeLater(functionArn: string, event: unknown, world: Core): Promise<void> {
  const { retries, destination } = configured(functionArn, world);
  let result: InvocationResult = await world.functions.invoke(functionArn, event);
  for (let again = 0; again < retries && !result.ok; again++)
    result = await world.functions.invoke(functionArn, event);
  if (result.ok) return;
  world.log(`${functionArn} gave up an event: ${result.errorMessage}`);
  if (destination !== undefined)
    await keep(destination, { functionArn, event, tries: retries + 1, result }, world);
}

function configured(functionArn: string, world: Core) {
  const name = functionArn.split(':').at(-1);
  const all = world
    .all('AWS::Lambda::EventInvokeConfig')
    .map(({ properties }) => Properties.parse(properties));
  const own = all.find(({ FunctionName }) => FunctionName === name || FunctionName === functionArn);
  return {
    retries: own?.MaximumRetryAttempts ?? 2,
    destination: own?.DestinationConfig?.OnFailure?.Destination,
  };
}

interface GivenUp {
  readonly functionArn: string;
  readonly event: unknown;
  readonly tries: number;
  readonly result: InvocationResult & { readonly ok: false };
}

/** Puts the event into the bucket, in the form and under the name that Lambda chooses. */
async function keep(
  destination: string,
  { functionArn, event, tries, result }: GivenUp,
  world: Core,
): Promise<void> {
  const [, , service, , , bucket] = destination.split(':');
  if (service !== 's3')
    throw new Error(`The local runner has no destination ${destination} for ${functionArn}`);
  const at = new Date(world.clock.now()).toISOString();
  const requestId = randomUUID();
  const { ok: _, ...responsePayload } = result;
  const body = JSON.stringify({
    version: '1.0',
    timestamp: at,
    requestContext: {
      ...{ requestId, functionArn: `${functionArn}:$LATEST` },
      ...{ condition: 'RetriesExhausted', approximateInvokeCount: tries },
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload,
  });
  const day = at.slice(0, 10).replaceAll('-', '/');
  const name = functionArn.split(':').at(-1);
  const key = `aws/lambda/async/${name}/${day}/${at.slice(0, 19).replaceAll(':', '.')}-${requestId}`;
  const answer = await fetch(`${world.engines.s3}/${bucket}/${key}`, { method: 'PUT', body });
  if (!answer.ok) throw new Error(`${destination} answered ${answer.status} for an event of ${name}`);
}
