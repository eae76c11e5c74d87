import { randomUUID } from 'node:crypto';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { type FunctionDefinition, initTimeout, tooLarge } from './definition.ts';
import type { Failure, Invocation, Report } from './protocol.ts';

/** How one invocation ended. */
export type Outcome = { readonly payload: string } | { readonly failure: Failure };

/** One execution environment: a worker thread that handles one event at a time and stands still in between. */
export interface Environment {
  /** False once it has died; it must not be used again. */
  readonly alive: boolean;
  run(event: string, requestId: string): Promise<Outcome>;
  /** Dies as if the machine below it had. */
  crash(): void;
  stop(): Promise<void>;
}

/** What an environment needs from the runner. */
export interface EnvironmentWorld {
  readonly clock: Clock;
  /** Environment variables that every function gets. */
  readonly variables: Readonly<Record<string, string>>;
  log(function_: FunctionDefinition, text: string): void;
}

/** Starts a worker for a function; its module loads at once, an error of that is the outcome of the first run. */
export function startEnvironment(definition: FunctionDefinition, world: EnvironmentWorld): Environment {
  const gate = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const { port1: port, port2 } = new MessageChannel();
  const worker = new Worker(new URL('./bootstrap.ts', import.meta.url), {
    workerData: {
      ...{ module: definition.module, export: definition.export },
      ...{ clock: world.clock.shared, gate: gate.buffer, port: port2 },
    },
    transferList: [port2],
    env: { ...world.variables, ...variablesOf(definition), ...definition.environment },
    execArgv: ['--enable-source-maps', '--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMegabytes, maxYoungGenerationSizeMb: 4 },
  });
  const ready = Promise.withResolvers<Failure | undefined>();
  let running: PromiseWithResolvers<Outcome> | undefined;
  let alive = true;
  const end = (failure: Failure) => {
    if (!alive) return;
    alive = false;
    ready.resolve(failure);
    running?.resolve({ failure });
    port.close();
    void worker.terminate();
  };
  port.on('message', (message: Report) => {
    if (message.kind === 'log') world.log(definition, message.text);
    else if (message.kind === 'ready') ready.resolve(undefined);
    else if (message.kind === 'answer') running?.resolve({ payload: message.payload });
    else if (message.kind === 'failure') running?.resolve({ failure: message.failure });
    else end(message.failure);
  });
  worker.on('error', (error: NodeJS.ErrnoException) =>
    end({
      errorType: errorTypeOf(error),
      errorMessage: error.message,
      trace: (error.stack ?? '').split('\n'),
    }),
  );
  worker.on('exit', (code) =>
    end({
      errorType: 'Runtime.ExitError',
      errorMessage: `Error: Runtime exited with error: exit status ${code}`,
    }),
  );
  const within = async <Value>(
    milliseconds: number,
    requestId: string,
    work: Promise<Value>,
  ): Promise<Value> => {
    const timer = setTimeout(() => {
      const seconds = (milliseconds / 1_000).toFixed(2);
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
      end({ errorType: 'Sandbox.Timedout', errorMessage });
    }, milliseconds);
    return work.finally(() => clearTimeout(timer));
  };
  return {
    get alive() {
      return alive;
    },
    async run(event, requestId) {
      const stillborn = await within(initTimeout, requestId, ready.promise);
      if (stillborn !== undefined) return { failure: stillborn };
      running = Promise.withResolvers<Outcome>();
      const invocation: Invocation = { event, requestId, arn: definition.arn, timeout: definition.timeout };
      port.postMessage(invocation);
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
      const outcome = await within(definition.timeout, requestId, running.promise);
      running = undefined;
      const large = 'payload' in outcome ? tooLarge('Response', outcome.payload) : undefined;
      return large === undefined ? outcome : { failure: large };
    },
    crash: () =>
      end({
        errorType: 'Runtime.ExitError',
        errorMessage: 'Error: Runtime exited with error: signal: killed',
      }),
    async stop() {
      alive = false;
      port.close();
      await worker.terminate();
    },
  };
}

function variablesOf(definition: FunctionDefinition): Record<string, string> {
  return {
    // The access key names the caller to the engines and doors, as a role would.
    AWS_ACCESS_KEY_ID: `local-${definition.id}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/${randomUUID()}`,
    LAMBDA_TASK_ROOT: definition.folder,
    _HANDLER: definition.handler,
  };
}

function errorTypeOf(error: NodeJS.ErrnoException): string {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'Runtime.OutOfMemory' : error.name;
}
