import type { AcceptedMessage } from '../../shared/alerts/index.ts';
import { type Duration, type Instant, SECOND } from '../../shared/kernel/index.ts';
import type { Ports, Storing } from './ports.ts';

/**
 * Stores messages in the queue, or in the table when the queue does not take them; throws when neither does. A queue that took
 * them without saying so gets them again: signals are named by their receipt, so they count once.
 */
export async function store(
  messages: readonly AcceptedMessage[],
  ports: Omit<Storing, 'visit'>,
): Promise<void> {
  try {
    await ports.send(messages);
  } catch (error) {
    // That the queue is spared has been told, when it failed.
    if (!(error instanceof Spared)) ports.fault(error, 'send');
    await ports.park(messages, ports.now());
  }
}

/** After the queue failed it is not asked for this long: where it does not answer, each POST would wait for it in vain. */
const SPARED: Duration = 5 * SECOND;

/** What is thrown in place of asking a queue that has just failed. */
export class Spared extends Error {
  override readonly name = 'Spared';
}

/** A failure that took this long has made a sender wait; one that came faster may be of this one call. */
const SLOW: Duration = SECOND / 2;

/** A way of sending that fails at once for some seconds after it failed slowly, or twice in a row. */
export function sparing(send: Ports['send'], now: Ports['now']): Ports['send'] {
  let failedAt: Instant | undefined;
  let failures = 0;
  const isSpared = (since: number) => since >= 0 && since < SPARED;
  return async (messages) => {
    if (failedAt !== undefined && isSpared(now() - failedAt)) throw new Spared('The queue failed just now');
    const begun = now();
    try {
      await send(messages);
      failures = 0;
    } catch (error) {
      failures += 1;
      const failed = now();
      if (failures > 1 || failed - begun >= SLOW) failedAt = failed;
      throw error;
    }
  };
}
