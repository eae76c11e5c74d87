import { onlyKnown } from './expression.ts';
import { MemoryQueue } from './memory-queue.ts';
import { QueueCalls, type QueueInput } from './queue-calls.ts';
import { noQueue, queueFailed, queueThrottled } from './queue-errors.ts';
import type { QueuedMessage, QueueFaults, QueueShape } from './queue-types.ts';
import { notKnown } from './tokens.ts';
import { type Engine, happens, type World } from './world.ts';

/** SQS in memory: standard queues, at least once and in any order, with its faults when they are asked for. */
export class MemoryQueues implements Engine {
  /** May be changed at any time; {} is a calm world. */
  faults: QueueFaults;
  readonly #world: World;
  readonly #queues = new Map<string, MemoryQueue>();
  readonly #calls: QueueCalls;

  constructor({
    queues,
    faults = {},
    ...world
  }: World & { readonly queues: Readonly<Record<string, QueueShape>>; readonly faults?: QueueFaults }) {
    this.faults = faults;
    this.#world = { now: () => world.now(), chance: () => world.chance() };
    const dead = Object.entries(queues).map(
      ([name, { deadLetters = `${name}-dead` }]) => [deadLetters, {}] as const,
    );
    for (const [name, shape] of [...dead, ...Object.entries(queues)]) {
      this.#queues.set(name, new MemoryQueue(shape, this.#world));
    }
    this.#calls = new QueueCalls({
      world: this.#world,
      find: (name) => this.#find(name),
      deadLettersOf: (name) => this.#deadLettersOf(name),
      faults: () => this.faults,
    });
  }

  call(operation: string, input: unknown): unknown {
    const members = QueueCalls.members[operation];
    if (members === undefined) throw notKnown(`${operation} of SQS`);
    const given = (input ?? {}) as QueueInput;
    onlyKnown(operation, given, members);
    const { throttle = 0, failBefore = 0, failAfter = 0 } = this.faults;
    if (happens(throttle, this.#world)) throw queueThrottled();
    if (happens(failBefore, this.#world)) throw queueFailed();
    const name = (given.QueueUrl ?? '').split('/').at(-1) ?? '';
    const answer = this.#calls[operation as keyof QueueCalls](name, given);
    if (happens(failAfter, this.#world)) throw queueFailed();
    return answer;
  }

  /** When the next message of a queue, or of all that have a worker, can be received; in the past when it can be now. */
  nextDue(name?: string): number | undefined {
    if (name !== undefined) return this.#find(name).nextDue;
    let due: number | undefined;
    for (const { shape, nextDue } of this.#queues.values()) {
      if (shape.maxReceives === undefined || nextDue === undefined) continue;
      due = Math.min(due ?? nextDue, nextDue);
    }
    return due;
  }

  /** How many messages can be received now. */
  receivable(name: string): number {
    const now = this.#world.now();
    let count = 0;
    for (const { visibleAt } of this.#find(name).messages) if (visibleAt <= now) count++;
    return count;
  }

  /** All messages that a queue holds, also hidden and delayed ones. Do not change them. */
  waiting(name: string): readonly QueuedMessage[] {
    return [...this.#find(name).messages];
  }

  /** The messages that were received too often. */
  deadLetters(name: string): readonly QueuedMessage[] {
    return [...this.#deadLettersOf(name).messages];
  }

  #find(name: string): MemoryQueue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw noQueue(name);
    return queue;
  }

  #deadLettersOf(name: string): MemoryQueue {
    return this.#find(this.#find(name).shape.deadLetters ?? `${name}-dead`);
  }
}
