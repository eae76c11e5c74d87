import type { AcceptedMessage } from '../../shared/alerts/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { takeDelivery } from '../aws/taken-deliveries.ts';

/**
 * The messages without those whose delivery came before in another POST: a retry of the sender, or a recording that is played
 * again. One that the queue brings twice has the same receipt and stays. Only sources that name their deliveries pay for it.
 */
export async function takenFirst<Message extends AcceptedMessage>(
  messages: readonly Message[],
  now: Instant,
): Promise<readonly Message[]> {
  const isFirst = await allDone(
    messages.map(({ org, integration, receipt, delivery }) =>
      delivery === undefined ? true : takeDelivery({ org, integration, receipt, delivery }, now),
    ),
  );
  return messages.filter((_, i) => isFirst[i]);
}
