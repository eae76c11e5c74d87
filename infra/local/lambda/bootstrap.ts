import { setImmediate as turn } from 'node:timers/promises';
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { moveDate } from '../moved-date.ts';
import type { Birth, Failure, Invocation, Report } from './protocol.ts';
import { tellSourceLines } from './source-lines.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const birth = workerData as Birth;
const gate = new Int32Array(birth.gate);
const report = (message: Report) => birth.port.postMessage(message);

moveDate(birth.clock);
tellSourceLines();
logToRunner();
// Meant for Node, which has read it; functions see the variables of a Lambda.
delete process.env.NODE_COMPILE_CACHE;
// Nothing else may keep the thread alive while a handler waits for something that never comes.
setInterval(() => undefined, 2 ** 30);

const handler = await load();
if (handler !== undefined) {
  report({ kind: 'ready' });
  for (;;) await serve(handler, await nextInvocation());
}

async function load(): Promise<Handler | undefined> {
  try {
    const module = (await import(birth.module)) as Record<string, unknown>;
    const found = module[birth.export];
    if (typeof found === 'function') return found as Handler;
    throw Object.assign(new Error(`${birth.export} is not a function of ${birth.module}`), {
      name: 'Runtime.HandlerNotFound',
    });
  } catch (error) {
    report({ kind: 'stillborn', failure: failureOf(error) });
    return undefined;
  }
}

/** Frozen between two invocations: the thread stands still, so no timer, socket or promise goes on. */
async function nextInvocation(): Promise<Invocation> {
  Atomics.wait(gate, 0, 0);
  Atomics.store(gate, 0, 0);
  const received = receiveMessageOnPort(birth.port) as { message: Invocation } | undefined;
  if (received === undefined) return nextInvocation();
  // One turn of the loop, so that connections which closed meanwhile are noticed before they are used again.
  await turn();
  return received.message;
}

async function serve(handle: Handler, invocation: Invocation): Promise<void> {
  const started = performance.now();
  const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: invocation.arn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: invocation.requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () =>
      Math.max(0, Math.round(invocation.timeout - (performance.now() - started))),
  };
  try {
    const result = await handle(JSON.parse(invocation.event), context);
    report({ kind: 'answer', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    report({ kind: 'failure', failure: failureOf(error) });
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

// The streams of a worker need turns of its loop to pass on what was written; a frozen thread has none.
function logToRunner(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      report({ kind: 'log', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
      const done = rest.find((one) => typeof one === 'function');
      if (done !== undefined) process.nextTick(done as () => void);
      return true;
    };
  }
}
