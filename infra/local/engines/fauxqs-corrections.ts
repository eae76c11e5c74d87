import type { OrderedQueue } from './ordered-queue.ts';

/** A queue inside the engine, as far as the runner uses it. */
export interface Queue extends OrderedQueue {
  readonly inflightMessages: ReadonlyMap<
    string,
    { readonly message: HeldMessage; readonly visibilityDeadline: number }
  >;
  dequeue(
    max: number,
    visibility: undefined,
    deadLetterQueue: (arn: string) => Queue | undefined,
  ): DequeuedMessage[];
  waitForMessages(seconds: number): Promise<void>;
  deleteMessage(receiptHandle: string): boolean;
  inspectMessages(): {
    readonly ready: readonly HeldMessage[];
    readonly delayed: readonly HeldMessage[];
    readonly inflight: readonly { readonly visibilityDeadline: number }[];
  };
}

/** All queues inside the engine. */
export interface QueueStore {
  getQueueByName(name: string): Queue | undefined;
  getQueueByArn(arn: string): Queue | undefined;
  processAllTimers(): void;
}

interface HeldMessage {
  readonly sentTimestamp: number;
  readonly delayUntil?: number;
  readonly approximateReceiveCount: number;
  readonly approximateFirstReceiveTimestamp?: number;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  readonly sequenceNumber?: string;
}

interface DequeuedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly MessageAttributes?: Readonly<Record<string, unknown>>;
}

interface StoreClass {
  prototype: QueueStore & { createQueue(...args: unknown[]): unknown };
  createMessage(body: string, attributes: unknown, delaySeconds?: number, ...rest: unknown[]): HeldMessage;
}

interface Persistence {
  readonly db: import('node:sqlite').DatabaseSync;
}

interface PersistenceClass {
  prototype: {
    updateMessageReady(this: Persistence, id: string): void;
    /** Called once, when the file is open. */
    prepareStatements(this: Persistence): unknown;
  };
}

/**
 * Corrects, in the engine's own modules, where it differs from SQS: a delay above 900 s is refused, a visibility of 0 s
 * makes a stored message visible instead of failing, and characters beyond U+FFFF are taken. Waits for the disk only now and then.
 * Gives access to the queues once one exists.
 */
export async function correctQueues(): Promise<() => QueueStore> {
  const { SqsStore } = await own<{ SqsStore: StoreClass }>('./sqs/sqsStore.js');
  const { SqsError } = await own<{ SqsError: new (code: string, message: string) => Error }>(
    './common/errors.js',
  );
  const { PersistenceManager } = await own<{ PersistenceManager: PersistenceClass }>('./persistence.js');
  let store: QueueStore | undefined;
  const { createQueue } = SqsStore.prototype;
  SqsStore.prototype.createQueue = function remember(this: QueueStore, ...args) {
    store = this;
    return Reflect.apply(createQueue, this, args);
  };
  const { createMessage } = SqsStore;
  SqsStore.createMessage = (body, attributes, delaySeconds, ...rest) => {
    if (delaySeconds !== undefined && (delaySeconds < 0 || delaySeconds > 900)) {
      const reason = 'Reason: DelaySeconds must be >= 0 and <= 900.';
      throw new SqsError(
        'InvalidParameterValue',
        `Value ${delaySeconds} for parameter DelaySeconds is invalid. ${reason}`,
      );
    }
    return createMessage(body, attributes, delaySeconds, ...rest);
  };
  correctStorage(PersistenceManager);
  const { INVALID_MESSAGE_BODY_CHAR: invalid } = await own<{ INVALID_MESSAGE_BODY_CHAR: RegExp }>(
    './sqs/sqsTypes.js',
  );
  invalid.test = (body) => refusedCharacter.test(body);
  return () => {
    if (store === undefined) throw new Error('There is no queue yet');
    return store;
  };
}

function correctStorage({ prototype }: PersistenceClass): void {
  prototype.updateMessageReady = function ready(id) {
    this.db
      .prepare(
        'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
      )
      .run(id);
  };
  const { prepareStatements } = prototype;
  prototype.prepareStatements = function prepared() {
    // Each message is three writes, and each would wait for the disk. What a process wrote is kept when it dies, also so.
    this.db.exec('PRAGMA synchronous = NORMAL');
    return Reflect.apply(prepareStatements, this, []);
  };
}

/** The engine's own expression looks at halves of characters, and so refuses every emoji. */
const refusedCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function own<Module>(path: string): Promise<Module> {
  return import(new URL(path, import.meta.resolve('fauxqs')).href) as Promise<Module>;
}
