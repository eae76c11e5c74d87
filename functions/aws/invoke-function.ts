import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Tried once: what a function did is not known after a lost answer. */
const client = new LambdaClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
});

/** What a function answered; `failed` when it threw. */
export interface Invoked {
  readonly failed: boolean;
  readonly payload: string;
}

/** Calls a function and waits for its answer, at most so many milliseconds. */
export async function invokeFunction(name: string, payload: string, within: number): Promise<Invoked> {
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(payload) });
  const answer = await client.send(command, { abortSignal: AbortSignal.timeout(Math.max(1, within)) });
  return {
    failed: answer.FunctionError !== undefined,
    payload: Buffer.from(answer.Payload ?? []).toString('utf8'),
  };
}
