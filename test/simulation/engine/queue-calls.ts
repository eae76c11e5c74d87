import type { MemoryQueue, Received } from './memory-queue.ts';
import { attributesOf, messageAttributes } from './queue-attributes.ts';
import { type Entry, faultOf, sizeOf } from './queue-entries.ts';
import { badParameter, badReceipt, checkBatch, notInFlight } from './queue-errors.ts';
import type { QueueFaults } from './queue-types.ts';
import { happens, type World } from './world.ts';

interface Queues {
  readonly world: World;
  find(name: string): MemoryQueue;
  deadLettersOf(name: string): MemoryQueue;
  faults(): QueueFaults;
}

/** What an operation may be asked, in one shape for all. */
export interface QueueInput extends Entry {
  readonly Entries?: readonly (Entry & { readonly ReceiptHandle?: string })[];
  readonly MaxNumberOfMessages?: number;
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
  readonly AttributeNames?: readonly string[];
}

const LONGEST_HIDDEN = 43_200;

/** What each operation does: one method under the operation's name. */
export class QueueCalls {
  /** The members of each operation's input that are obeyed. Waiting for messages is left to who asks. */
  static readonly members: Readonly<Record<string, ReadonlySet<string>>> = {
    SendMessage: new Set(['QueueUrl', 'MessageBody', 'DelaySeconds', 'MessageGroupId']),
    SendMessageBatch: new Set(['QueueUrl', 'Entries']),
    ReceiveMessage: new Set([
      'QueueUrl',
      'MaxNumberOfMessages',
      'VisibilityTimeout',
      'WaitTimeSeconds',
      'MessageSystemAttributeNames',
    ]),
    DeleteMessage: new Set(['QueueUrl', 'ReceiptHandle']),
    DeleteMessageBatch: new Set(['QueueUrl', 'Entries']),
    ChangeMessageVisibility: new Set(['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout']),
    GetQueueAttributes: new Set(['QueueUrl', 'AttributeNames']),
  };

  readonly #queues: Queues;
  #sent = 0;

  constructor(queues: Queues) {
    this.#queues = queues;
  }

  SendMessage(name: string, entry: QueueInput): object {
    const queue = this.#queues.find(name);
    const fault = faultOf(entry);
    if (fault !== undefined) throw badParameter(fault);
    return { MessageId: this.#add(queue, entry) };
  }

  SendMessageBatch(name: string, { Entries: entries = [] }: QueueInput): object {
    const queue = this.#queues.find(name);
    checkBatch(
      entries.map(({ Id = '' }) => Id),
      entries.reduce((sum, entry) => sum + sizeOf(entry), 0),
    );
    const failed: object[] = [];
    const successful: object[] = [];
    for (const entry of entries) {
      const fault = faultOf(entry);
      if (fault !== undefined)
        failed.push({ Id: entry.Id, SenderFault: true, Code: 'InvalidParameterValue', Message: fault });
      else if (this.#entryFails()) failed.push(internal(entry.Id));
      else successful.push({ Id: entry.Id, MessageId: this.#add(queue, entry) });
    }
    return {
      ...(successful.length > 0 && { Successful: successful }),
      ...(failed.length > 0 && { Failed: failed }),
    };
  }

  ReceiveMessage(name: string, input: QueueInput): object {
    const { MaxNumberOfMessages: most = 1, VisibilityTimeout: seconds } = input;
    if (most < 1 || most > 10) throw badParameter('MaxNumberOfMessages must be between 1 and 10');
    const received = this.#queues
      .find(name)
      .receive(most, { faults: this.#queues.faults(), ...(seconds !== undefined && { seconds }) }, (dead) =>
        this.#queues.deadLettersOf(name).add({ ...dead, visibleAt: this.#queues.world.now() }),
      );
    if (received.length === 0) return {};
    const wanted = new Set(input.MessageSystemAttributeNames);
    return { Messages: received.map((one) => messageOf(one, wanted)) };
  }

  DeleteMessage(name: string, { ReceiptHandle: receipt = '' }: QueueInput): object {
    if (!this.#queues.find(name).delete(receipt, this.#queues.faults())) throw badReceipt(receipt);
    return {};
  }

  DeleteMessageBatch(name: string, { Entries: entries = [] }: QueueInput): object {
    const queue = this.#queues.find(name);
    checkBatch(
      entries.map(({ Id = '' }) => Id),
      0,
    );
    const failed: object[] = [];
    const successful: object[] = [];
    for (const { Id, ReceiptHandle = '' } of entries) {
      if (this.#entryFails()) failed.push(internal(Id));
      else if (queue.delete(ReceiptHandle, this.#queues.faults())) successful.push({ Id });
      else failed.push({ Id, SenderFault: true, Code: 'ReceiptHandleIsInvalid' });
    }
    return {
      ...(successful.length > 0 && { Successful: successful }),
      ...(failed.length > 0 && { Failed: failed }),
    };
  }

  ChangeMessageVisibility(
    name: string,
    { ReceiptHandle: receipt = '', VisibilityTimeout: seconds = -1 }: QueueInput,
  ): object {
    const queue = this.#queues.find(name);
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_HIDDEN) {
      throw badParameter(
        `Value ${seconds} for parameter VisibilityTimeout is invalid: it is 0 to ${LONGEST_HIDDEN}`,
      );
    }
    if (!queue.hide(receipt, seconds)) throw notInFlight(receipt);
    return {};
  }

  GetQueueAttributes(name: string, { AttributeNames: names = [] }: QueueInput): object {
    return { Attributes: attributesOf(this.#queues.find(name), new Set(names), this.#queues.world.now()) };
  }

  #entryFails(): boolean {
    return happens(this.#queues.faults().partial ?? 0, this.#queues.world);
  }

  #add(
    queue: MemoryQueue,
    { MessageBody: body = '', MessageGroupId: group, DelaySeconds: delay = 0 }: Entry,
  ): string {
    const id = `message-${++this.#sent}`;
    const sentAt = this.#queues.world.now();
    queue.add({ id, body, group, sentAt, visibleAt: sentAt + delay * 1_000 });
    return id;
  }
}

const internal = (Id: string | undefined): object => ({ Id, SenderFault: false, Code: 'InternalError' });

function messageOf({ message, receipt }: Received, wanted: ReadonlySet<string>): object {
  const Attributes = messageAttributes(message, wanted);
  return {
    MessageId: message.id,
    ReceiptHandle: receipt,
    Body: message.body,
    ...(Object.keys(Attributes).length > 0 && { Attributes }),
  };
}
