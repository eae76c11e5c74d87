import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { threadsCompiled } from '../compile-cache.ts';

/** What a module exports as `serve` to run in a thread of its own whose `Date` reads the runner's clock. */
export type Serve<Options = unknown> = (options: Options) => Promise<Service>;

/** A service inside a shimmed worker; `ready` and answers must survive structured cloning. */
export interface Service {
  readonly ready: unknown;
  answer?(question: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

type Reply = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** The runner's side of a shimmed worker. */
export class ShimmedWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #death = Promise.withResolvers<Error>();
  #failure: Error | undefined;
  #stopping = false;
  #last = 0;
  #ready: unknown;

  constructor(module: URL, options: unknown, clock: Clock) {
    this.#worker = new Worker(new URL('./shimmed-thread.ts', import.meta.url), {
      workerData: { module: module.href, options, clock: clock.shared },
      env: { ...process.env, ...threadsCompiled },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#worker.on('error', (error) => this.#fail(error as Error));
    this.#worker.on('exit', () => this.#fail(this.#failure ?? new Error(`${module.pathname} has stopped`)));
    this.#worker.on('message', ({ id, value, error }: Reply) => {
      const one = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) one?.resolve(value);
      else one?.reject(new Error(error));
    });
  }

  /** Resolves when the service is up. */
  async started(): Promise<this> {
    this.#ready = await this.#expect(0);
    return this;
  }

  /** What the service said when it was ready (for example its port). */
  get ready(): unknown {
    return this.#ready;
  }

  /** Resolves when the worker ends although nobody stopped it. */
  get died(): Promise<Error> {
    return this.#death.promise;
  }

  /** Answers arrive in the order in which the service gave them. */
  async ask(question: unknown): Promise<unknown> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#last += 1;
    this.#worker.postMessage({ id: this.#last, question });
    return this.#expect(this.#last);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#failure !== undefined) return;
    const exit = once(this.#worker, 'exit');
    this.#worker.postMessage({ stop: true });
    await exit;
  }

  #expect(id: number): Promise<unknown> {
    const one = Promise.withResolvers<unknown>();
    this.#waiting.set(id, one);
    return one.promise;
  }

  #fail(error: Error): void {
    this.#failure = error;
    if (!this.#stopping) this.#death.resolve(error);
    for (const one of this.#waiting.values()) one.reject(error);
    this.#waiting.clear();
  }
}

/**
 * Runs `serve(options)` of a module in a worker thread with the moved clock; its servers listen on this machine only.
 *
 * @param module URL of a module that exports `serve: Serve`
 */
export function startShimmed(module: URL, options: unknown, clock: Clock): Promise<ShimmedWorker> {
  return new ShimmedWorker(module, options, clock).started();
}
