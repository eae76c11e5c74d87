import type { QueuedMessage, QueueFaults, QueueShape } from './queue-types.ts';
import { happens, type World } from './world.ts';

type Held = { -readonly [Name in keyof QueuedMessage]: QueuedMessage[Name] } & {
  /** The receipts by which it can be deleted or hidden: those of its last visible time. */
  receipts: readonly string[];
};

/** A message that was just received, under the receipt of this time. */
export interface Received {
  readonly message: QueuedMessage;
  readonly receipt: string;
}

const VISIBILITY = 30;

/** One standard queue: at least once, in any order. */
export class MemoryQueue {
  readonly shape: QueueShape;
  readonly #world: World;
  readonly #messages = new Set<Held>();
  readonly #byReceipt = new Map<string, Held>();
  /** Until something changes again. */
  #nextDue: number | undefined;
  #isKnown = false;

  constructor(shape: QueueShape, world: World) {
    this.shape = shape;
    this.#world = world;
  }

  get messages(): ReadonlySet<QueuedMessage> {
    return this.#messages;
  }

  /** When the next message can be received; in the past when one can be now. */
  get nextDue(): number | undefined {
    if (this.#isKnown) return this.#nextDue;
    let due: number | undefined;
    for (const { visibleAt } of this.#messages) if (due === undefined || visibleAt < due) due = visibleAt;
    this.#isKnown = true;
    this.#nextDue = due;
    return due;
  }

  add(message: Omit<QueuedMessage, 'receives' | 'firstReceivedAt'>): void {
    this.#isKnown = false;
    this.#messages.add({ ...message, receives: 0, firstReceivedAt: undefined, receipts: [] });
  }

  /** Up to so many messages in any order; `dead` gets those that were received too often. */
  receive(
    most: number,
    { seconds = this.shape.visibility ?? VISIBILITY, faults }: { seconds?: number; faults: QueueFaults },
    dead: (message: QueuedMessage) => void,
  ): readonly Received[] {
    const now = this.#world.now();
    const visible = [...this.#messages].filter(({ visibleAt }) => visibleAt <= now);
    const received: Received[] = [];
    while (received.length < most && visible.length > 0) {
      const place = visible.length > 1 ? Math.floor(this.#world.chance() * visible.length) : 0;
      const [message] = visible.splice(place, 1);
      if (message === undefined) break;
      if (message.receives >= (this.shape.maxReceives ?? Number.POSITIVE_INFINITY)) {
        this.#remove(message);
        dead(message);
      } else received.push(this.#hand(message, now, seconds, faults));
    }
    return received;
  }

  /** True when there is such a receipt. A message that was received again meanwhile stays, as SQS warns. */
  delete(receipt: string, faults: QueueFaults): boolean {
    const message = this.#byReceipt.get(receipt);
    if (message === undefined) return false;
    const current = message.receipts.includes(receipt);
    if (current && !happens(faults.undeleted ?? 0, this.#world)) this.#remove(message);
    return true;
  }

  /** Makes a received message visible in so many seconds; false when it is not in flight under this receipt. */
  hide(receipt: string, seconds: number): boolean {
    const message = this.#byReceipt.get(receipt);
    const now = this.#world.now();
    if (!message?.receipts.includes(receipt) || message.visibleAt <= now || !this.#messages.has(message)) {
      return false;
    }
    message.visibleAt = now + seconds * 1_000;
    this.#isKnown = false;
    return true;
  }

  #hand(message: Held, now: number, seconds: number, { duplicate = 0 }: QueueFaults): Received {
    this.#isKnown = false;
    message.receives++;
    message.firstReceivedAt ??= now;
    const receipt = `${message.id}#${message.receives}`;
    if (happens(duplicate, this.#world)) message.receipts = [...message.receipts, receipt];
    else {
      message.receipts = [receipt];
      message.visibleAt = now + seconds * 1_000;
    }
    this.#byReceipt.set(receipt, message);
    return { message, receipt };
  }

  #remove(message: Held): void {
    this.#isKnown = false;
    this.#messages.delete(message);
  }
}
