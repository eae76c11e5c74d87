import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';

/** What a module exports as `serve` to run in a thread of its own whose `Date` reads the runner's clock. */
export type Serve<Options = unknown> = (options: Options) => Promise<Service>;

/** A service inside a shimmed worker; `ready` and answers must survive structured cloning. */
export interface Service {
  readonly ready: unknown;
  answer?(question: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** The runner's side of a shimmed worker. */
export interface ShimmedWorker {
  /** What the service said when it was ready (for example its port). */
  readonly ready: unknown;
  /** Answers arrive in the order in which the service gave them. */
  ask(question: unknown): Promise<unknown>;
  /** Resolves when the worker ends although nobody stopped it. */
  readonly died: Promise<Error>;
  stop(): Promise<void>;
}

type Reply = { readonly id: number; readonly value?: unknown; readonly error?: string };

/**
 * Runs `serve(options)` of a module in a worker thread with the moved clock; its servers listen on 127.0.0.1 only.
 *
 * @param module URL of a module that exports `serve: Serve`
 */
export async function startShimmed(module: URL, options: unknown, clock: Clock): Promise<ShimmedWorker> {
  const worker = new Worker(new URL('./shimmed-thread.ts', import.meta.url), {
    workerData: { module: module.href, options, clock: clock.shared },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const death = Promise.withResolvers<Error>();
  let stopping = false;
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure = error;
    if (!stopping) death.resolve(error);
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(failure ?? new Error(`${module.pathname} has stopped`)));
  worker.on('message', ({ id, value, error }: Reply) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(value);
    else one?.reject(new Error(error));
  });
  let last = 0;
  const expect = (id: number) => {
    const one = Promise.withResolvers<unknown>();
    waiting.set(id, one);
    return one.promise;
  };
  const ready = await expect(0);
  const ask = (question: unknown) => {
    if (failure !== undefined) return Promise.reject(failure);
    last += 1;
    worker.postMessage({ id: last, question });
    return expect(last);
  };
  return {
    ready,
    ask,
    died: death.promise,
    async stop() {
      stopping = true;
      if (failure !== undefined) return;
      const exit = once(worker, 'exit');
      worker.postMessage({ stop: true });
      await exit;
    },
  };
}
