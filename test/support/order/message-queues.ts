import type { Outgoing } from '../../../functions/aws/queue.ts';
import type { AlertQueueMessage } from '../../../shared/alerts/index.ts';
import type { CountMessage } from '../../../shared/wiring/index.ts';

/** What detection sends to itself. */
export type OwnMessage = AlertQueueMessage | CountMessage;

/** The queues that detection sends to, and what lies in its own. */
export interface MessageQueues {
  sendAlertQueue(messages: readonly Outgoing[]): Promise<void>;
  sendEscalation(messages: readonly Outgoing[]): Promise<void>;
  /** Takes out what was sent to the alert queue, however long it was to wait there. */
  take(): Promise<readonly OwnMessage[]>;
}

/** Queues that are lists and do not fail. */
export function listQueues(escalations: Outgoing[]): MessageQueues {
  let waiting: OwnMessage[] = [];
  return {
    sendAlertQueue: async (messages) =>
      void waiting.push(...messages.map(({ body }) => structuredClone(body) as OwnMessage)),
    sendEscalation: async (messages) => void escalations.push(...messages),
    async take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}
