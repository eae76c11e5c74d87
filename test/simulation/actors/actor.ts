import type { Instant } from '../../../shared/kernel/index.ts';
import { firstNotBefore } from '../engine/order.ts';

/** A part of the world that does things by itself: a queue, a stream, a clock, people. */
export interface Actor {
  /** How many things it could do now, each equally likely to be the next. */
  ready(): number;
  /** Does one of them. */
  act(): void;
  /** When it will have something to do though nothing else happens; Infinity when never. */
  due(): Instant;
}

/** What is to happen at known times, the earliest first. */
export class Agenda<Entry extends { readonly at: Instant }> {
  private readonly entries: Entry[];

  constructor(entries: readonly Entry[] = []) {
    this.entries = [...entries].sort((a, b) => a.at - b.at);
  }

  get size(): number {
    return this.entries.length;
  }

  add(entry: Entry): void {
    const after = firstNotBefore(this.entries, ({ at }) => (at > entry.at ? 0 : -1));
    this.entries.splice(after, 0, entry);
  }

  due(): Instant {
    return this.entries[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  without(gone: (entry: Entry) => boolean): Agenda<Entry> {
    return new Agenda(this.entries.filter((entry) => !gone(entry)));
  }

  /** Takes the earliest out. */
  take(): Entry {
    const entry = this.entries.shift();
    if (entry === undefined) throw new Error('Nothing is to happen');
    return entry;
  }
}
