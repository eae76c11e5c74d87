import type { Duration, Instant } from '../../../shared/kernel/index.ts';
import type { MemoryTable } from '../engine/memory-table.ts';
import { imageOf } from '../engine/stream-image.ts';
import type { Change } from '../engine/table-types.ts';
import type { Fleet } from '../fleet.ts';

/** How long it takes until a change can be read from the stream, in milliseconds. */
const LATE: Duration = 150;

/** The most records of one invocation, as the stack says. */
const MOST = 100;

interface Ground {
  readonly table: MemoryTable;
  readonly fleet: Fleet;
  now(): Instant;
  after(time: Duration, run: () => void): void;
}

/** Brings the facts that the stream is to tell to their reader, in the order of commit and one batch after the other. */
export class Shard {
  readonly #ground: Ground;
  #waiting: readonly Change[] = [];
  #read = 0;
  #isBusy = false;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** The table may have changed. */
  look(): void {
    const news = this.#ground.table.changes(this.#read);
    this.#read += news.length;
    const told = news.filter(({ after }) => after?.kind === 'fact' && after.via === 'stream');
    if (told.length > 0) this.#ground.after(LATE, () => this.#arrive(told));
  }

  #arrive(changes: readonly Change[]): void {
    this.#waiting = [...this.#waiting, ...changes];
    this.#feed();
  }

  #feed(): void {
    if (this.#isBusy || this.#waiting.length === 0) return;
    const batch = this.#waiting.slice(0, MOST);
    this.#waiting = this.#waiting.slice(MOST);
    this.#isBusy = true;
    this.#ground.fleet.invoke('Broadcast', {
      event: { Records: batch.map(({ after = {} }) => ({ dynamodb: { NewImage: imageOf(after) } })) },
      ended: ({ how }) => {
        if (how !== 'answered') throw new Error('The reader of the stream failed');
        this.#isBusy = false;
        this.#feed();
      },
    });
  }
}
