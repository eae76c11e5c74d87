import { sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';
import { nextChannelMessages } from '../incidents/escalation.ts';
import { pagesOfStep } from './deliveries.ts';
import type { DeliveryAsked } from './messages.ts';

/** Has the next channel tried when this one does not take the page in time. */
export async function sendNextInTime(message: DeliveryAsked): Promise<void> {
  const messages = nextChannelMessages(message, 'in-time');
  if (messages.length > 0) await sendTo(setting('deliveryQueue')).send(messages);
}

/** Whether there is a next channel that nobody has tried for this page. */
export async function isNextUntried(message: DeliveryAsked): Promise<boolean> {
  const [next] = message.others ?? [];
  if (next === undefined) return false;
  const pages = await pagesOfStep(message);
  return !pages.some(({ person, channel }) => person === message.person && channel === next);
}

/** Has the next channel tried at once; false when there is none, or it is tried already. */
export async function sendNext(message: DeliveryAsked): Promise<boolean> {
  const isUntried = await isNextUntried(message);
  if (isUntried) await sendTo(setting('deliveryQueue')).send(nextChannelMessages(message, 'now'));
  return isUntried;
}
