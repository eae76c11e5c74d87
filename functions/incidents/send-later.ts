import { type Outgoing, sendTo } from '../aws/queue.ts';

/** The writer's own message is long done by then, so the second finds nothing to do instead of meeting the first at work. */
const SECONDS_AFTER = 5;

/** The longest that a queue delays a message, in seconds. */
const LONGEST = 900;

/** Sends, some seconds after their writer did, what it may have died before sending. */
export async function sendLater(queueUrl: string, messages: readonly Outgoing[]): Promise<void> {
  const later = messages.map(({ delaySeconds = 0, ...message }) => ({
    ...message,
    delaySeconds: Math.min(LONGEST, delaySeconds + SECONDS_AFTER),
  }));
  if (later.length > 0) await sendTo(queueUrl).send(later);
}
