import type { TableEngine } from './engines/dynoxide.ts';
import type { QueueEngine } from './engines/queue-engine.ts';
import type { SecretEngine } from './engines/secrets.ts';
import type { EventBus } from './events/bus.ts';
import type { LocalFunctions } from './lambda/functions.ts';
import type { World } from './resource.ts';
import type { Shuffle } from './shuffle.ts';
import type { Checkpoints } from './streams/checkpoints.ts';
import type { Expired } from './streams/record.ts';

/** Something that happens again and again by itself, at instants of the clock. */
export interface Recurring {
  /** The first instant after `after` at which it is due, in milliseconds since the epoch. */
  next(after: number): number;
  run(): Promise<void>;
}

/** A reader that pulls; the clock may move only when it has read to the end. */
export interface Reader {
  /** Reads on; true when there was nothing left to read. */
  atEnd(): Promise<boolean>;
}

/** What the runner's own resources use beyond what every resource may. */
export interface Core extends World {
  readonly functions: LocalFunctions;
  /** Environments of one function at once, where the template reserves no number. */
  readonly concurrency: number;
  /** Schedules that are not to run, by the beginning of their logical ids. */
  readonly paused: readonly string[];
  readonly tables: TableEngine;
  readonly queues: QueueEngine;
  readonly secrets: SecretEngine;
  readonly checkpoints: Checkpoints;
  /** What the expiry sweep deletes, so that the stream records can say so. */
  readonly expired: Expired;
  /** Where events wait for rules that match. */
  readonly bus: EventBus;
  /** In which order pollers hand on what may come in any. */
  readonly shuffle: Shuffle;
  /** Names a queue that the runner empties: the clock waits for its messages. */
  watchQueue(name: string): void;
  addReader(reader: Reader): void;
  addRecurring(recurring: Recurring): void;
}
