import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { threadsCompiled } from '../compile-cache.ts';
import { accessKeyOf } from '../proxy/caller.ts';
import { type FunctionDefinition, initTimeout, tooLarge } from './definition.ts';
import type { Birth, Failure, Invocation, Report } from './protocol.ts';

// What a module leaves behind when it loads is little: to look for it again and again, as V8 does in heaps that begin small, is a
// tenth of a cold start.
setFlagsFromString('--initial-heap-size=64');
// Of a module that loads much runs some hundred times and never again: to optimize it is another tenth.
setFlagsFromString('--invocation-count-for-maglev=2000');

/** How one invocation ended. */
export type Outcome = { readonly payload: string } | { readonly failure: Failure };

/** What an environment needs from the runner. */
export interface EnvironmentWorld {
  readonly clock: Clock;
  /** Environment variables that every function gets. */
  readonly variables: Readonly<Record<string, string>>;
  log(function_: FunctionDefinition, text: string): void;
  /** How long an environment takes to start beyond what it needs, by the logical id of its function. */
  starting?(id: string): Promise<void> | undefined;
}

/** One execution environment: a worker thread that handles one event at a time and stands still in between. */
export class Environment {
  /** Which of the environments of its function it is, from 1. */
  readonly number: number;
  readonly #definition: FunctionDefinition;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  /** 0 while the thread is frozen, 1 to let it go on. */
  readonly #gate = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #loaded = Promise.withResolvers<Failure | undefined>();
  readonly #delayed: Promise<void> | undefined;
  #running: PromiseWithResolvers<Outcome> | undefined;
  #alive = true;

  /** Starts the worker; its module loads at once, an error of that is the outcome of the first run. */
  constructor(definition: FunctionDefinition, number: number, world: EnvironmentWorld) {
    const { port1, port2 } = new MessageChannel();
    const { module, export: name } = definition;
    const birth: Birth = {
      module,
      export: name,
      clock: world.clock.shared,
      gate: this.#gate.buffer,
      port: port2,
    };
    this.#definition = definition;
    this.number = number;
    this.#port = port1;
    this.#worker = new Worker(new URL('./bootstrap.ts', import.meta.url), {
      workerData: birth,
      transferList: [port2],
      env: {
        ...{ ...world.variables, ...variablesOf(definition, number), ...definition.environment },
        ...threadsCompiled,
      },
      // Functions have an option in their NODE_OPTIONS that reads the map of each module when it loads; see source-lines.ts.
      execArgv: ['--no-enable-source-maps', '--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: definition.memoryMegabytes, maxYoungGenerationSizeMb: 16 },
    });
    this.#port.on('message', (report: Report) => {
      if (report.kind === 'log') world.log(definition, report.text);
      else this.#hear(report);
    });
    this.#delayed = world.starting?.(definition.id);
    this.#worker.on('error', (error) => this.#end(failureOf(error)));
    this.#worker.on('exit', (code) => this.#end(exited(`exit status ${code}`)));
  }

  /** False once it has died; it must not be used again. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Handles one event, given as JSON; never more than one at a time. */
  async run(event: string, requestId: string): Promise<Outcome> {
    const { arn, timeout } = this.#definition;
    const stillborn = await this.#within(initTimeout, requestId, this.#loaded.promise);
    if (stillborn !== undefined) return { failure: stillborn };
    await this.#delayed;
    this.#running = Promise.withResolvers<Outcome>();
    const invocation: Invocation = { event, requestId, arn, timeout };
    this.#port.postMessage(invocation);
    Atomics.store(this.#gate, 0, 1);
    Atomics.notify(this.#gate, 0);
    const outcome = await this.#within(timeout, requestId, this.#running.promise);
    this.#running = undefined;
    const large = 'payload' in outcome ? tooLarge('Response', outcome.payload) : undefined;
    return large === undefined ? outcome : { failure: large };
  }

  /** Dies as if the machine below it had. */
  crash(): void {
    this.#end(exited('signal: killed'));
  }

  async stop(): Promise<void> {
    this.#alive = false;
    this.#port.close();
    await this.#worker.terminate();
  }

  #hear(report: Exclude<Report, { kind: 'log' }>): void {
    if (report.kind === 'ready') this.#loaded.resolve(undefined);
    else if (report.kind === 'answer') this.#running?.resolve({ payload: report.payload });
    else if (report.kind === 'failure') this.#running?.resolve({ failure: report.failure });
    else this.#end(report.failure);
  }

  #end(failure: Failure): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#loaded.resolve(failure);
    this.#running?.resolve({ failure });
    this.#port.close();
    void this.#worker.terminate();
  }

  async #within<Value>(milliseconds: number, requestId: string, work: Promise<Value>): Promise<Value> {
    const timer = setTimeout(() => {
      const seconds = (milliseconds / 1_000).toFixed(2);
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
      this.#end({ errorType: 'Sandbox.Timedout', errorMessage });
    }, milliseconds);
    return work.finally(() => clearTimeout(timer));
  }
}

function exited(how: string): Failure {
  return { errorType: 'Runtime.ExitError', errorMessage: `Error: Runtime exited with error: ${how}` };
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { errorType: 'Error', errorMessage: String(error) };
  const memory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  const trace = (error.stack ?? '').split('\n');
  return { errorType: memory ? 'Runtime.OutOfMemory' : error.name, errorMessage: error.message, trace };
}

function variablesOf(definition: FunctionDefinition, environment: number): Record<string, string> {
  return {
    // The access key names the caller to the engines and doors, as a role would.
    AWS_ACCESS_KEY_ID: accessKeyOf({ function: definition.id, environment }),
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/${randomUUID()}`,
    LAMBDA_TASK_ROOT: definition.folder,
    _HANDLER: definition.handler,
  };
}
