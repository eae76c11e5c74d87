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

/** Has the next channel tried at once; false when there is none, or it is tried already. */
export async function sendNext(message: DeliveryAsked): Promise<boolean> {
  const [next] = message.others ?? [];
  if (next === undefined) return false;
  const isTried = (await pagesOfStep(message)).some(
    ({ person, channel }) => person === message.person && channel === next,
  );
  if (!isTried) await sendTo(setting('deliveryQueue')).send(nextChannelMessages(message, 'now'));
  return !isTried;
}
