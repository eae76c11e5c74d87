import type { MessagePort } from 'node:worker_threads';

/** What an execution environment is born with. */
export interface Birth {
  /** URL of the module and name of the export that handles events. */
  readonly module: string;
  readonly export: string;
  /** The runner's clock: the offset that `Date` adds. */
  readonly clock: SharedArrayBuffer;
  /** One Int32: 0 while the environment is frozen, 1 to let it go on. */
  readonly gate: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** One invocation as it enters an environment; the event is JSON text, as in Lambda. */
export interface Invocation {
  readonly event: string;
  readonly requestId: string;
  readonly arn: string;
  /** Milliseconds that the invocation may take. */
  readonly timeout: number;
}

/** An error as Lambda reports it. */
export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What an environment tells the runner. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'answer'; readonly payload: string }
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** The module could not be loaded. */
  | { readonly kind: 'stillborn'; readonly failure: Failure };
