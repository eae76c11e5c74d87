import { HOUR, type Id, type Instant, idOf, type OrganisationId, type PageId } from '../../kernel/index.ts';
import { CONFIRMATION_LIFETIME } from './links.ts';

interface Common {
  readonly id: Id<'subscriber'>;
  readonly org: OrganisationId;
  readonly page: PageId;
  /** In lower case. */
  readonly email: string;
  readonly askedAt: Instant;
}

/** Somebody, perhaps another, gave this address; nothing but the question for a confirmation goes there. */
export interface PendingSubscriber extends Common {
  readonly state: 'pending';
}

/** Whoever reads this address wants the updates of the page. */
export interface ConfirmedSubscriber extends Common {
  readonly state: 'confirmed';
  readonly confirmedAt: Instant;
}

/** An address that is mailed about one page, or was asked whether it wants to be. */
export type Subscriber = PendingSubscriber | ConfirmedSubscriber;

/** The id of an address at a page: the same whoever asks and however often. */
export const subscriberId = (page: PageId, email: string): Id<'subscriber'> =>
  idOf('subscriber', 0, page, email);

/** Somebody asks for the mails of a page. */
export function askToSubscribe(
  place: Pick<Common, 'org' | 'page' | 'email'>,
  now: Instant,
): PendingSubscriber {
  return { ...place, id: subscriberId(place.page, place.email), state: 'pending', askedAt: now };
}

/** The reader of the address said yes; again, it stays as it was. */
export function confirmSubscriber(subscriber: Subscriber, now: Instant): ConfirmedSubscriber {
  return subscriber.state === 'confirmed'
    ? subscriber
    : { ...subscriber, state: 'confirmed', confirmedAt: now };
}

/** Whether nobody answered the question for a confirmation in time: the address is forgotten. */
export const isLapsed = (subscriber: Subscriber, now: Instant): boolean =>
  subscriber.state === 'pending' && now >= subscriber.askedAt + CONFIRMATION_LIFETIME;

/** How often one may subscribe in an hour: from one address of the internet, and on one page in all. */
export const subscribingLimits = { source: 10, page: 200 } as const;

/** The hour that requests are counted in, in whole hours since the epoch. */
export const hourOf = (now: Instant): number => Math.floor(now / HOUR);
