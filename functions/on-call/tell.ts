import type { Incident } from '../../shared/incidents/index.ts';
import {
  type Claimed,
  type Failed,
  markFailed,
  markRefused,
  markSent,
  type Person,
  pauseAfter,
  providerOf,
} from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { TryAgain } from '../edge/queue.ts';
import { learn, spareDown } from './breaker.ts';
import { markDelivery } from './deliveries.ts';
import type { DeliveryAsked } from './messages.ts';
import { sendNext } from './next-channel.ts';
import { pageContent } from './page-content.ts';
import { passOn, recordRefusal } from './pass-on.ts';
import { type Provided, provide } from './providers.ts';
import type { Roster } from './roster.ts';

/** What a claimed page is about. */
export interface About {
  readonly incident: Incident;
  readonly person: Person;
  readonly roster: Roster;
}

/**
 * Calls the provider, marks what became of it, and has the next channel or level told of what cannot arrive. Whoever dies between
 * the call and the mark leaves a claim that runs out; the next page then says "possibly again".
 */
export async function tell(
  message: DeliveryAsked,
  claimed: Claimed,
  { incident, person, roster }: About,
): Promise<void> {
  const at = { org: message.org, provider: providerOf(message.channel, person[message.channel]) };
  await spareDown(message, claimed, at);
  const page = await pageContent(incident, person, claimed, clock.now());
  const { generation, step, channel } = message;
  const eventId = [incident.id, generation, step, person.id, channel].join('.');
  const provided = await provide({ ...message, eventId }, person, page);
  if (provided.outcome === 'sent') {
    await markDelivery(message, markSent(claimed, provided.providerId, clock.now()));
    return learn(provided, at);
  }
  const failed = failedBy(provided, claimed);
  await markDelivery(message, failed);
  const { reason, error } = provided;
  if (provided.outcome === 'refused') await recordRefusal(message, reason);
  if (provided.outcome === 'refused' || provided.certain || provided.wait !== undefined) {
    const isSent = await sendNext(message);
    if (!isSent && provided.outcome === 'refused') await passOn(message, roster);
  }
  await learn(provided, at);
  // The queue brings it back: what is refused may be accepted a minute later.
  throw new TryAgain(`A page was not sent: ${reason}`, pauseAfter(failed), { cause: error });
}

function failedBy(provided: Exclude<Provided, { outcome: 'sent' }>, claimed: Claimed): Failed {
  return provided.outcome === 'refused'
    ? markRefused(claimed, provided.reason, clock.now())
    : markFailed(claimed, provided, clock.now());
}
