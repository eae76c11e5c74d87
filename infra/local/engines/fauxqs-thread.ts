import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { correctQueues, type Queue, type QueueStore } from './fauxqs-corrections.ts';
import { receivable, takeInOrder } from './ordered-queue.ts';
import type { QueueQuestion, QueueState, ReceivedMessage } from './queue-engine.ts';
import type { Service } from './shimmed-worker.ts';

interface Options {
  readonly folder: string;
  readonly region: string;
}

/** Runs the engine for queues and buckets in a thread whose `Date` moves. */
export async function serve(options: unknown): Promise<Service> {
  const { folder, region } = options as Options;
  forgetReceipts(join(folder, 'fauxqs.db'));
  const store = await correctQueues();
  const server: FauxqsServer = await startFauxqs({
    port: 0,
    host: '',
    defaultRegion: region,
    dataDir: folder,
    logger: false,
  });
  return {
    ready: server.port,
    answer: (question) => answer(store(), question as QueueQuestion),
    stop: () => server.stop(),
  };
}

async function answer(store: QueueStore, question: QueueQuestion): Promise<unknown> {
  switch (question.do) {
    case 'receive':
      return receive(store, find(store, question.queue), question.max, question.wait);
    case 'delete':
      for (const handle of question.handles) find(store, question.queue).deleteMessage(handle);
      return undefined;
    case 'release':
      store.processAllTimers();
      return undefined;
    case 'state':
      return question.queues.map((name) => state(find(store, name)));
  }
}

async function receive(
  store: QueueStore,
  queue: Queue,
  max: number,
  wait: number,
): Promise<ReceivedMessage[]> {
  const some = (most: number) => queue.dequeue(most, undefined, (arn) => store.getQueueByArn(arn));
  const take = () => (queue.isFifo() ? takeInOrder(queue, max, some) : some(max));
  let messages = take();
  if (messages.length === 0 && wait > 0) {
    await queue.waitForMessages(wait);
    messages = take();
  }
  return messages.map((message) => {
    const held = queue.inflightMessages.get(message.ReceiptHandle)?.message;
    return {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      md5OfBody: message.MD5OfBody,
      messageAttributes: message.MessageAttributes ?? {},
      sentAt: held?.sentTimestamp ?? 0,
      firstReceivedAt: held?.approximateFirstReceiveTimestamp ?? 0,
      receiveCount: held?.approximateReceiveCount ?? 1,
      groupId: held?.messageGroupId,
      deduplicationId: held?.messageDeduplicationId,
      sequenceNumber: held?.sequenceNumber,
    };
  });
}

function state(queue: Queue): QueueState {
  const { ready, delayed, inflight } = queue.inspectMessages();
  const due = [
    ...delayed.map((one) => one.delayUntil ?? 0),
    ...inflight.map((one) => one.visibilityDeadline),
  ];
  return {
    ready: receivable(queue, ready),
    nextDue: due.length === 0 ? undefined : due.reduce((a, b) => Math.min(a, b)),
  };
}

function find(store: QueueStore, name: string): Queue {
  const queue = store.getQueueByName(name);
  if (queue === undefined) throw new Error(`There is no queue ${name}`);
  return queue;
}

// Who received these messages is gone with the last run; without this they would stay hidden.
function forgetReceipts(file: string): void {
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  database.exec('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL');
  database.close();
}
