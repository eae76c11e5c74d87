import type { Outgoing } from '../../../functions/aws/queue.ts';
import type { AlertQueueMessage } from '../../../shared/alerts/index.ts';
import type { CountMessage, EscalateMessage } from '../../../shared/wiring/index.ts';

/** What detection sends to itself. */
export type OwnMessage = AlertQueueMessage | CountMessage;

/** The queues that detection sends to, and what lies in its own. */
export interface MessageQueues {
  sendAlertQueue(messages: readonly Outgoing[]): Promise<void>;
  sendEscalation(messages: readonly Outgoing[]): Promise<void>;
  /** Takes out what was sent, however long it was to wait there. */
  take(): Promise<Taken>;
}

/** What lay in the queues. */
export interface Taken {
  readonly own: readonly OwnMessage[];
  readonly escalations: readonly EscalateMessage[];
}

/** Queues that are lists and do not fail. */
export function listQueues(): MessageQueues {
  let own: OwnMessage[] = [];
  let escalations: EscalateMessage[] = [];
  const bodies = (messages: readonly Outgoing[]) => structuredClone(messages.map(({ body }) => body));
  return {
    sendAlertQueue: async (messages) => void own.push(...(bodies(messages) as OwnMessage[])),
    sendEscalation: async (messages) => void escalations.push(...(bodies(messages) as EscalateMessage[])),
    async take() {
      const taken = { own, escalations };
      own = [];
      escalations = [];
      return taken;
    },
  };
}
