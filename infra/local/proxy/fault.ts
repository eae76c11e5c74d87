import type { EngineCall, Observe } from './call.ts';

/** What befalls a call. Each error comes in the service's own wire form, so that the SDK throws the right class. */
export type Fault =
  /** Refused for the rate; nothing is done. */
  | { readonly kind: 'throttle' }
  /** Any error, by status and name; nothing is done. */
  | { readonly kind: 'error'; readonly status: number; readonly code: string }
  /** InternalServerError; `done` says whether the engine had done it. */
  | { readonly kind: 'internal-error'; readonly done: boolean }
  /** Another transaction is under way on an item: of a transaction the first one. Nothing is done. */
  | { readonly kind: 'conflict' }
  /** Refused as if the role did not allow it. */
  | { readonly kind: 'deny' }
  /** Of a batch only every second entry is done, beginning with the second; the others come back as unprocessed or failed. */
  | { readonly kind: 'part' }
  /** Waits until the promise is fulfilled, and is done then. */
  | { readonly kind: 'delay'; readonly until: Promise<unknown> }
  /** Done twice; the second answer is given. */
  | { readonly kind: 'twice' }
  /** Never answered; nothing is done. */
  | { readonly kind: 'hang' }
  /** Done, and the connection breaks before the answer. */
  | { readonly kind: 'lose-answer' }
  /** The environment that calls dies before it is done, or after. */
  | { readonly kind: 'crash-before' }
  | { readonly kind: 'crash-after' };

/** Decides what befalls a call; nothing when it gives undefined. It is asked once for each call that the role allows. */
export type Faults = (call: EngineCall) => Fault | undefined;

/** What a test or bench puts between functions and engines. */
export interface Between {
  /** What befalls the calls of functions; for tests. */
  readonly faults?: Faults;
  /** Hears of the calls of functions; for tests and benches. */
  readonly observe?: Observe;
  /** Asked for each environment that starts, by the logical id of its function: it takes no event before this is fulfilled. For tests. */
  readonly starting?: (id: string) => Promise<void> | undefined;
}
