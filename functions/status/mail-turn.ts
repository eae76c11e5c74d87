import type { Instant } from '../../shared/kernel/index.ts';
import { bulkPause, bulkRate } from '../../shared/status/index.ts';
import { queues } from '../../shared/wiring/index.ts';
import { accountQuota } from '../aws/bulk-mail.ts';
import { clock } from '../aws/clock.ts';
import { NotNow } from '../edge/queue.ts';

/** No mail is begun later: one takes at most three seconds, and its mark must still be written. */
const TIME_FOR_ONE = 4_500;

/** When this worker may send again. A worker handles one message at a time, so nobody else reads or moves it. */
let free: Instant = 0;

/**
 * Waits until this worker may send a mail, so that all workers keep to half of the account's rate whatever has piled up: the delays
 * of the messages spread them in quiet times alone.
 */
export async function takeTurn(timeLeft: () => number): Promise<void> {
  const { rate, isHalfSpent } = await accountQuota();
  if (isHalfSpent) throw new NotNow('half of what may be sent in a day is sent, and the rest is for pages');
  const pause = bulkPause(bulkRate(rate), queues.mailing.workers);
  const now = clock.now();
  // Never further ahead than one pause: a clock that was set back would stop the worker.
  const at = Math.min(Math.max(now, free), now + pause);
  if (timeLeft() < TIME_FOR_ONE + at - now) throw new NotNow('the rest is mailed by the next try');
  free = at + pause;
  if (at > now) await clock.pause(at - now);
}
