import type { MemoryQueue } from './memory-queue.ts';
import type { QueuedMessage } from './queue-types.ts';

/** What SQS tells of a message, as far as it was asked. */
export function messageAttributes(
  { sentAt, receives, firstReceivedAt, group }: QueuedMessage,
  wanted: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  if (wanted.size === 0) return {};
  return chosen(wanted, {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: 'AIDAINMEMORY',
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt ?? sentAt),
    ...(group !== undefined && { MessageGroupId: group }),
  });
}

/** What SQS tells of a queue, as far as it was asked. */
export function attributesOf(queue: MemoryQueue, wanted: ReadonlySet<string>, now: number): object {
  const messages = [...queue.messages];
  const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
  const inFlight = hidden.filter(({ receives }) => receives > 0);
  return chosen(wanted, {
    ApproximateNumberOfMessages: String(messages.length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
    ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight.length),
  });
}

const chosen = (wanted: ReadonlySet<string>, all: Readonly<Record<string, string>>) =>
  wanted.has('All') ? all : Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name)));
