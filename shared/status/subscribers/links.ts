import {
  DAY,
  type Id,
  type Instant,
  isId,
  type OrganisationId,
  type PageId,
  readSigned,
  SECOND,
  type Sign,
  signedFields,
} from '../../kernel/index.ts';

/** Whose subscription a link is about. */
export interface Subscription {
  readonly org: OrganisationId;
  readonly page: PageId;
  readonly subscriber: Id<'subscriber'>;
}

/** How long a question for a confirmation can be answered. */
export const CONFIRMATION_LIFETIME = 2 * DAY;

/** The token that confirms a subscription until two days after it was asked for. */
export function confirmationToken(subscription: Subscription, askedAt: Instant, sign: Sign): string {
  const expires = Math.floor((askedAt + CONFIRMATION_LIFETIME) / SECOND).toString(36);
  return signedFields(['c', ...fieldsOf(subscription), expires], sign);
}

/** The token that ends a subscription. It does not expire: old mails must let people out too. */
export const endToken = (subscription: Subscription, sign: Sign): string =>
  signedFields(['e', ...fieldsOf(subscription)], sign);

/** What a token may confirm: it is `forged` when it is none of ours or of another purpose, `expired` when it is too old. */
export type Confirmation =
  | { readonly outcome: 'valid' | 'expired'; readonly subscription: Subscription }
  | { readonly outcome: 'forged' };

/** What a token may confirm now. */
export function readConfirmation(token: string, sign: Sign, now: Instant): Confirmation {
  const [purpose, ...rest] = readSigned(token, sign) ?? [];
  const expires = rest.at(-1) ?? '';
  const subscription = purpose === 'c' ? subscriptionIn(rest.slice(0, -1)) : undefined;
  if (subscription === undefined || !/^[0-9a-z]{1,10}$/.test(expires)) return { outcome: 'forged' };
  const isOpen = now < Number.parseInt(expires, 36) * SECOND;
  return { outcome: isOpen ? 'valid' : 'expired', subscription };
}

/** What a token may end; undefined when it is none of ours or of another purpose. */
export function readEnd(token: string, sign: Sign): Subscription | undefined {
  const [purpose, ...rest] = readSigned(token, sign) ?? [];
  return purpose === 'e' ? subscriptionIn(rest) : undefined;
}

const fieldsOf = ({ org, page, subscriber }: Subscription) => [org, page, subscriber];

function subscriptionIn(fields: readonly string[]): Subscription | undefined {
  const [org = '', page = '', subscriber = ''] = fields;
  const isOurs =
    fields.length === 3 &&
    isId('organisation', org) &&
    isId('statusPage', page) &&
    isId('subscriber', subscriber);
  return isOurs ? { org, page, subscriber } : undefined;
}
