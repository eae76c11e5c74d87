import { type Claimed, markLeftOut, pauseAfter, standingOf } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { NotNow } from '../edge/queue.ts';
import { markDelivery } from './deliveries.ts';
import type { DeliveryAsked } from './messages.ts';
import { isNextUntried, sendNext } from './next-channel.ts';
import { loadHealth, noteFailure, noteSuccess, type ProviderAt, takeTrial } from './provider-health.ts';
import type { Provided } from './providers.ts';

/**
 * Has the next channel tried first when the provider of this one is known to be down; then this page comes again. Where there is
 * none, or it was tried already, the provider is asked whatever is known of it: nobody goes without a page for this.
 */
export async function spareDown(message: DeliveryAsked, claimed: Claimed, at: ProviderAt): Promise<void> {
  if (message.others === undefined) return;
  const health = await loadHealth(at);
  const standing = standingOf(health, clock.now());
  if (standing === 'up' || !health || !(await isNextUntried(message))) return;
  if (standing === 'try' && (await takeTrial(at, health))) return;
  const leftOut = markLeftOut(claimed, clock.now());
  await markDelivery(message, leftOut);
  await sendNext(message);
  throw new NotNow('its provider is known to be down', pauseAfter(leftOut));
}

/**
 * Remembers what an outcome says of the provider. What it refused it has answered; what we refused ourselves says nothing, nor
 * does that it has too much to do.
 */
export async function learn(provided: Provided, at: ProviderAt): Promise<void> {
  if (provided.isUnasked) return;
  if (provided.outcome !== 'failed') return noteSuccess(at);
  if (provided.isDown) await noteFailure(at);
}
