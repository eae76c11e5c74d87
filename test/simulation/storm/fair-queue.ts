import type { Instant } from '../../../shared/kernel/index.ts';

/** A message that waits in the queue, or is in flight. */
export interface Waiting {
  readonly id: string;
  readonly body: string;
  readonly group: string;
  readonly sentAt: Instant;
  /** How often it was received. */
  readonly receives: number;
}

interface Group {
  readonly waiting: Waiting[];
  /** The place of the first that still waits. */
  next: number;
  inFlight: number;
}

/**
 * A standard queue whose messages name their groups, as SQS keeps it fair: while one group has more in flight than others, theirs
 * come first. It holds hundreds of thousands.
 */
export class FairQueue {
  readonly #groups = new Map<string, Group>();
  #size = 0;
  #sent = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  send(message: Pick<Waiting, 'body' | 'group' | 'sentAt'>): void {
    this.#put({ ...message, id: `m${++this.#sent}`, receives: 0 });
  }

  /** Up to so many, which are in flight until they are done or come back. */
  take(most: number): readonly Waiting[] {
    const taken: Waiting[] = [];
    while (taken.length < most) {
      const group = this.#quietest();
      const message = group?.waiting[group.next];
      if (group === undefined || message === undefined) break;
      group.next++;
      group.inFlight++;
      this.#size--;
      taken.push({ ...message, receives: message.receives + 1 });
    }
    return taken;
  }

  /** It was handled. */
  done({ group }: Waiting): void {
    this.#groupOf(group).inFlight--;
  }

  /** It was not, and is to be received once more. */
  again(message: Waiting): void {
    this.done(message);
    this.#put(message);
  }

  #put(message: Waiting): void {
    this.#groupOf(message.group).waiting.push(message);
    this.#size++;
  }

  #groupOf(name: string): Group {
    const known = this.#groups.get(name);
    if (known) return known;
    const group: Group = { waiting: [], next: 0, inFlight: 0 };
    this.#groups.set(name, group);
    return group;
  }

  #quietest(): Group | undefined {
    let found: Group | undefined;
    for (const group of this.#groups.values()) {
      if (group.next < group.waiting.length && (!found || group.inFlight < found.inFlight)) found = group;
    }
    return found;
  }
}
