import type { AsideMessage, SignalsMessage } from '../../shared/alerts/index.ts';
import type { QueuedSignals } from '../../shared/detection/index.ts';
import type { Received } from '../edge/queue.ts';
import type { QueuedAside } from './asides.ts';

/** With when it was sent to the queue: a redrive and the sweep send anew, a retry does not, so only the first receive says it. */
export const queued = (received: Received<SignalsMessage>): Received<QueuedSignals> => ({
  ...received,
  message: { ...received.message, ...(received.receives === 1 && { queuedAt: received.sentAt }) },
});

/** With how often it was received. */
export const counted = (received: Received<AsideMessage>): Received<QueuedAside> => ({
  ...received,
  message: { ...received.message, receives: received.receives },
});
