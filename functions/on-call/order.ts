import { SECOND } from '../../shared/kernel/index.ts';
import { type Claimed, markDropped, markFailed, turnOf } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { NotNow } from '../edge/queue.ts';
import { markDelivery, pagesSinceOpened } from './deliveries.ts';
import type { DeliveryAsked } from './messages.ts';

/** What one request takes, or little more. */
const PAUSE = SECOND;

/** Whether a claimed page may be sent now; what is outdated is dropped, and what would overtake an earlier one comes again. */
export async function isItsTurn(message: DeliveryAsked, claimed: Claimed): Promise<boolean> {
  const pages = await pagesSinceOpened(message);
  const now = clock.now();
  const turn = turnOf(claimed, pages, now);
  if (turn === 'now') return true;
  if (turn === 'outdated') {
    await markDelivery(message, markDropped(claimed, 'outdated', now));
    return false;
  }
  const reason = 'an earlier page of the incident was on its way';
  await markDelivery(message, markFailed(claimed, { reason, certain: true }, now));
  throw new NotNow(reason, PAUSE);
}
