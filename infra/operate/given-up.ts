import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { aboutRecord } from './about.ts';
import type { ObjectStore } from './bucket.ts';
import type { Redriven, RedriveOptions } from './redrive.ts';

const requestContext = z.looseObject({ functionArn: z.string() });
/** What Lambda writes into a bucket: of records that a reader could not handle the event as text, of any other event itself. */
const GivenUp = z
  .union([
    z.looseObject({ requestContext, payload: z.string() }),
    z.looseObject({ requestContext, requestPayload: z.record(z.string(), z.unknown()) }),
  ])
  .transform(({ requestContext: { functionArn }, ...rest }) => ({
    requestContext: { functionArn },
    payload: 'payload' in rest ? String(rest.payload) : JSON.stringify(rest.requestPayload),
  }));

/** The beginning of all keys under which Lambda writes. */
const PREFIX = 'aws/lambda/';

/**
 * Hands records of the table's stream that a reader gave up to that reader again, and events to the function that gave them up,
 * and deletes each object when it was taken. Who gets something twice finds nothing left to do.
 * @param readers the names of the functions of this system
 */
export async function redriveRecords(
  lambda: LambdaClient,
  bucket: ObjectStore,
  readers: readonly string[],
  { dryRun, tell, nameOf }: RedriveOptions,
): Promise<Redriven> {
  const done = { moved: 0, left: 0 };
  for await (const key of bucket.list(PREFIX)) {
    const found = GivenUp.safeParse(jsonOf(await bucket.read(key)));
    const reader = found.data && readers.find((name) => isNamed(found.data.requestContext.functionArn, name));
    if (!found.data || reader === undefined) {
      tell(`left: ${key} is not of a reader of this system`);
      done.left += 1;
      continue;
    }
    if (recordsIn(found.data.payload).length === 0)
      tell(`${dryRun ? 'would hand' : 'handing'} to ${reader}: ${aboutEvent(found.data.payload)}`);
    for (const record of recordsIn(found.data.payload))
      tell(`${dryRun ? 'would hand' : 'handing'} to ${reader}: ${await aboutRecord(record, nameOf)}`);
    const fault = dryRun ? undefined : await hand(lambda, reader, found.data.payload);
    if (fault === undefined) done.moved += 1;
    else {
      tell(`left: ${reader} refused it again: ${fault}`);
      done.left += 1;
    }
    if (!dryRun && fault === undefined) await bucket.remove(key);
  }
  return done;
}

/** Why the reader did not take all of it; undefined when it did. */
async function hand(
  lambda: LambdaClient,
  FunctionName: string,
  payload: string,
): Promise<string | undefined> {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(payload) }));
  if (answer.FunctionError !== undefined) return `it failed (${answer.FunctionError}); see its log`;
  const said: unknown = jsonOf(answer.Payload?.transformToString() ?? '');
  const failures = z.object({ batchItemFailures: z.array(z.unknown()) }).safeParse(said)
    .data?.batchItemFailures;
  return failures && failures.length > 0 ? `${failures.length} records failed` : undefined;
}

/** An event of EventBridge, by what it is and its id. */
function aboutEvent(payload: string): string {
  const { 'detail-type': kind = 'an event', id = 'without an id' } =
    z.record(z.string(), z.unknown()).safeParse(jsonOf(payload)).data ?? {};
  return `${String(kind)}, ${String(id)}`;
}

/** By its ARN, with or without a version, or by its name alone. */
const isNamed = (arn: string, name: string): boolean => arn === name || arn.split(':')[6] === name;

function recordsIn(payload: string): readonly unknown[] {
  return z.object({ Records: z.array(z.unknown()) }).safeParse(jsonOf(payload)).data?.Records ?? [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
