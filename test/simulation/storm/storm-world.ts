import type { SQSBatchResponse } from 'aws-lambda';
import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import { type Duration, type Instant, SECOND } from '../../../shared/kernel/index.ts';
import { env, queueTimes } from '../../../shared/wiring/index.ts';
import { Agenda } from '../actors/actor.ts';
import { MemoryParameters } from '../engine/memory-parameters.ts';
import { MemorySecrets } from '../engine/memory-secrets.ts';
import { MemoryTable } from '../engine/memory-table.ts';
import { Environment, type Service } from '../environment.ts';
import { type End, Fleet } from '../fleet.ts';
import { loadProgram, type Program } from '../program.ts';
import { Random } from '../random.ts';
import { BEGIN, type Tenant } from '../scenario.ts';
import { queueUrl, settings, store } from '../setting.ts';
import { settled } from '../settled.ts';
import { FairQueue, type Waiting } from './fair-queue.ts';
import { Writes } from './writes.ts';

/** How long a call takes on its way there, and as long on its way back, in milliseconds. */
const WAY = { from: 1, to: 4 } as const;

/** What a worker takes of its processor for a batch, and for each alert in it. */
const BATCH: Duration = 2;
const ALERT: Duration = 0.05;

/** Batches that Lambda takes at once from a queue that was quiet; while more waits than these take, it is one more each 0.2 s. */
export const FIRST_WORKERS = 5;
const MORE_AFTER: Duration = SECOND / 5;

const SEED = 1;

/** The detector as it is. */
export const stormProgram = (): Promise<Program> => loadProgram(['Detect']);

/**
 * Detection in a storm: the function as it is, in as many environments as Lambda gives it by and by, over AWS in memory. Every call
 * takes its time by a virtual clock. What an environment needs until it is ready is not in it.
 */
export class StormWorld {
  clock = BEGIN;
  readonly random: Random;
  readonly table: MemoryTable;
  readonly writes = new Writes();
  readonly queue = new FairQueue();
  /** What workers logged as a fault. */
  readonly faults: string[] = [];
  readonly #program: Program;
  readonly #from: Instant;
  readonly #agenda = new Agenda<{ readonly at: Instant; readonly run: () => void }>();
  readonly #fleet: Fleet;
  readonly #engines: Readonly<Record<string, { call(operation: string, input: unknown): unknown }>>;
  /** What is still to be worked out before an environment makes its next call. */
  readonly #working = new Map<Environment, Duration>();
  /** How long messages rest that failed, by receipt. */
  readonly #pauses = new Map<string, Duration>();
  #batches = 0;
  #failed = 0;
  #workers = FIRST_WORKERS;
  #grownAt = BEGIN;
  #fault: unknown;

  /** Nobody works before `from`. */
  constructor(program: Program, tenant: Tenant, { from = BEGIN }: { readonly from?: Instant } = {}) {
    this.#program = program;
    this.#from = from;
    this.random = new Random(SEED);
    this.table = new MemoryTable({ now: () => this.clock, chance: () => this.random.next() });
    const workers = () => this.workers;
    const limits = {
      get Detect() {
        return workers();
      },
    };
    this.#fleet = new Fleet(limits, this);
    const secrets = new MemorySecrets({ [settings[env.secret] ?? '']: 'a secret of 32 letters or more' });
    const sqs = { call: (operation: string, input: unknown) => this.#queues(operation, input) };
    this.#engines = { dynamodb: this.table, sqs, secrets, ssm: new MemoryParameters() };
    store(this.table, [tenant]);
  }

  /** Batches so far, and those of which something failed. */
  get batches(): { readonly all: number; readonly failed: number } {
    return { all: this.#batches, failed: this.#failed };
  }

  /** How many batches are worked on at once at most. */
  get workers(): number {
    return this.#workers;
  }

  /** Has these come, each at its time of receipt, which only ever grows. */
  async receive(messages: Iterable<SignalsMessage>): Promise<void> {
    for (const message of messages) {
      await this.passTo(message.receivedAt);
      this.#send(JSON.stringify(message), message.integration);
    }
  }

  async passTo(until: Instant): Promise<void> {
    while (this.#agenda.due() <= until) {
      const { at, run } = this.#agenda.take();
      this.clock = Math.max(this.clock, at);
      run();
      await settled();
      if (this.#fault !== undefined) throw this.#fault;
    }
    this.clock = Math.max(this.clock, until);
  }

  /** Whoever works begins now. */
  begin(): void {
    this.#after(0, () => this.#poll());
  }

  now(): Instant {
    return Math.floor(this.clock);
  }

  step(): number {
    return 0;
  }

  broken(fault: unknown): void {
    this.#fault ??= fault;
  }

  gone(): void {}

  told(what: string, { environment }: { readonly environment: Environment }): void {
    if (what === 'ended') this.#working.delete(environment);
  }

  start(name: Environment['name'], place: number): Environment {
    return new Environment(name, place, 0, {
      program: this.#program,
      variables: settings,
      random: this.random,
      now: () => this.now(),
      send: (from, service, operation, input) => this.#call(from, service, operation, input),
      pass: (_, time) => new Promise((over) => this.#after(time, over)),
      logged: (from, level, message, fields) => {
        if (level === 'error') this.faults.push(`${from.id}: ${message} ${JSON.stringify(fields)}`);
      },
    });
  }

  #after(time: Duration, run: () => void): void {
    this.#agenda.add({ at: this.clock + time, run });
  }

  #send(body: string, group: string): void {
    this.queue.send({ body, group, sentAt: this.now() });
    this.#poll();
  }

  #queues(operation: string, input: unknown): unknown {
    const { QueueUrl, Entries = [], ReceiptHandle = '', VisibilityTimeout = 0 } = input as QueueInput;
    if (operation === 'ChangeMessageVisibility') {
      this.#pauses.set(ReceiptHandle, VisibilityTimeout * SECOND);
      return {};
    }
    if (operation !== 'SendMessageBatch') throw new Error(`No queue here knows ${operation}`);
    if (QueueUrl === queueUrl('alerts'))
      for (const { MessageBody, MessageGroupId, DelaySeconds = 0 } of Entries)
        this.#after(DelaySeconds * SECOND, () => this.#send(MessageBody, MessageGroupId));
    return { Successful: Entries.map(({ Id }) => ({ Id })) };
  }

  #call(from: Environment, service: Service, operation: string, input: unknown): Promise<unknown> {
    const way = () => WAY.from + this.random.next() * (WAY.to - WAY.from);
    const working = this.#working.get(from) ?? 0;
    this.#working.delete(from);
    return new Promise((resolve, reject) => {
      this.#after(working + way(), () => {
        let isDone = true;
        try {
          const answer = this.#engines[service]?.call(operation, input);
          this.#after(way(), () => resolve(answer));
        } catch (refusal) {
          isDone = false;
          this.#after(way(), () => reject(refusal));
        }
        if (service === 'dynamodb')
          this.writes.note({ operation, input, isDone, at: this.now() }, this.table);
      });
    });
  }

  #poll(): void {
    while (this.queue.size > 0 && this.clock >= this.#from) {
      if (!this.#fleet.hasRoom('Detect') && !this.#grows()) return;
      this.#work(this.queue.take(queueTimes.batch));
    }
  }

  /** Whether there is one more now. */
  #grows(): boolean {
    const isEnough = this.queue.size <= this.#workers * queueTimes.batch;
    if (isEnough || this.clock - this.#grownAt < MORE_AFTER) return false;
    this.#workers++;
    this.#grownAt = this.clock;
    return true;
  }

  #work(messages: readonly Waiting[]): void {
    this.#batches++;
    const Records = messages.map(recordOf);
    const { environment } = this.#fleet.invoke('Detect', {
      event: { Records },
      ended: (end) => this.#ended(messages, end),
    });
    const alerts = messages.reduce((sum, { body }) => sum + body.split('"fingerprint"').length - 1, 0);
    this.#working.set(environment, BATCH + ALERT * alerts);
  }

  #ended(messages: readonly Waiting[], end: End): void {
    if (end.how !== 'answered') throw new Error(`A batch ended so: ${JSON.stringify(end)}`);
    const { batchItemFailures } = end.result as SQSBatchResponse;
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    if (failed.size > 0) this.#failed++;
    for (const message of messages) {
      if (!failed.has(message.id)) this.queue.done(message);
      else
        this.#after(this.#pauses.get(handleOf(message)) ?? queueTimes.visibility * SECOND, () => {
          this.queue.again(message);
          this.#poll();
        });
    }
    this.#after(0, () => this.#poll());
  }
}

interface QueueInput {
  readonly QueueUrl?: string;
  readonly Entries?: readonly {
    readonly Id: string;
    readonly MessageBody: string;
    readonly MessageGroupId: string;
    readonly DelaySeconds?: number;
  }[];
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
}

const handleOf = ({ id, receives }: Waiting): string => `${id}#${receives}`;

function recordOf(message: Waiting) {
  const { id, body, group, sentAt, receives } = message;
  return {
    ...{ messageId: id, receiptHandle: handleOf(message), body },
    attributes: {
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: String(receives),
      MessageGroupId: group,
    },
    eventSourceARN: 'arn:aws:sqs:eu-central-1:1:alerts',
  };
}
