import type { QueueName } from '../../../shared/wiring/index.ts';
import type { Books, Mail } from '../books.ts';
import type { Call } from '../calls.ts';
import type { Change } from '../engine/table-types.ts';
import type { Invocation } from '../fleet.ts';
import type { Scenario } from '../scenario.ts';
import type { PromiseName } from '../violation.ts';

/** What an invariant may look at. */
export interface Observed {
  readonly books: Books;
  readonly scenario: Scenario;
  readonly clock: number;
  readonly step: number;
  /** Steps of invocations that died, and of calls whose answer was lost: what they did, nobody can know. */
  readonly mishaps: ReadonlySet<number>;
  /** Those of which an answer was lost. */
  readonly lost: ReadonlySet<number>;
  /** Items of the table whose partition key begins so. */
  items(prefix: string): readonly Readonly<Record<string, unknown>>[];
}

/** What a worker was given at once. */
export interface Batch {
  readonly by: Invocation;
  readonly batch: readonly unknown[];
}

/** A promise of the system and the moments at which it can be seen to be broken; each throws a Violation. */
export interface Invariant {
  readonly name: PromiseName;
  /** One item was changed, by this invocation. The books hold the new item already. */
  changed?(change: Change, by: Invocation, seen: Observed): void;
  /** A call was done. */
  called?(call: Call, by: Invocation, seen: Observed): void;
  /** All changes of one call are in the books. */
  settled?(changes: readonly Change[], seen: Observed): void;
  mailed?(mail: Mail, by: Invocation, seen: Observed): void;
  /** A sender was told that its POST was taken. */
  accepted?(receipt: string, seen: Observed): void;
  /** A worker says that a message of its queue is done. */
  deleting?(queue: QueueName, message: unknown, seen: Observed): void;
  /** A worker says that a message of its queue failed. */
  failing?(queue: QueueName, message: unknown, among: Batch, seen: Observed): void;
  /** All is calm and nothing more is to come. */
  atRest?(seen: Observed): void;
}
