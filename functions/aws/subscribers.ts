import {
  DAY,
  type Id,
  type Instant,
  type OrganisationId,
  type PageId,
  SECOND,
} from '../../shared/kernel/index.ts';
import {
  CONFIRMATION_LIFETIME,
  confirmSubscriber,
  hourOf,
  isLapsed,
  type MailGuard,
  type PendingSubscriber,
  type Subscriber,
  type Subscription,
} from '../../shared/status/index.ts';
import { schema } from '../../shared/table/index.ts';
import { clock } from './clock.ts';
import { stored } from './incident-rows.ts';
import { type Item, table } from './table.ts';

/** Longer than a message can wait in its queue, fail, and be redriven. */
const GUARDED = 60 * DAY;

const keyOf = ({ org, page, subscriber }: Subscription) => schema.subscriber.key({ org, page, subscriber });

const seconds = (instant: Instant): number => Math.ceil(instant / SECOND);

/** Keeps a question for a confirmation for as long as it can be answered, unless the address is known. */
export async function putPending(pending: PendingSubscriber): Promise<void> {
  const { org, page, id } = pending;
  const ttl = seconds(pending.askedAt + CONFIRMATION_LIFETIME);
  const key = keyOf({ org, page, subscriber: id });
  const ifOpen = { state: { not: 'confirmed' } };
  await table.put({ ...pending, ttl, ...key }, { if: [{ pk: { exists: false } }, ifOpen] });
}

/** One subscriber, or undefined. */
export async function findSubscriber(subscription: Subscription): Promise<Subscriber | undefined> {
  const row = await table.get(keyOf(subscription));
  return row && subscribersIn([row])[0];
}

/** These subscribers of a page, without those who are none any more. */
export async function findSubscribers(
  { org, page }: Pick<Subscription, 'org' | 'page'>,
  ids: readonly Id<'subscriber'>[],
): Promise<readonly Subscriber[]> {
  const rows = await table.load(ids.map((subscriber) => keyOf({ org, page, subscriber })));
  return subscribersIn(rows.filter((row) => row !== undefined));
}

/** Confirms a subscription; undefined when it ended meanwhile. */
export async function confirm(subscription: Subscription, now: Instant): Promise<Subscriber | undefined> {
  const before = await findSubscriber(subscription);
  if (before === undefined) return undefined;
  const after = confirmSubscriber(before, now);
  const done = await table.put({ ...after, ...keyOf(subscription) }, { if: { pk: { exists: true } } });
  return done ? after : undefined;
}

/** Ends a subscription; false when there was none. Nothing of the address is kept. */
export async function endSubscription(subscription: Subscription): Promise<boolean> {
  return (await table.remove(keyOf(subscription))) !== undefined;
}

/** Subscribers of a page in the order of their ids, and where the next ones begin. */
export async function listSubscribers(
  org: OrganisationId,
  page: PageId,
  { limit, after }: { readonly limit?: number; readonly after?: string },
): Promise<{ readonly items: readonly Subscriber[]; readonly next?: string }> {
  const { items, next } = await table.query({
    partition: schema.subscriber.partition({ org, page }),
    ...(limit !== undefined && { limit }),
    ...(after !== undefined && { after: [after] }),
  });
  return { items: subscribersIn(items), ...(next?.[0] !== undefined && { next: next[0] }) };
}

/** Counts a request of this hour by a name; false when there were `most` already. */
export async function countRequest(
  { org, page }: Pick<Subscription, 'org' | 'page'>,
  name: string,
  most: number,
  now: Instant,
): Promise<boolean> {
  const key = schema.subscriptionCount.key({ org, page, name, hour: hourOf(now) });
  const within = [{ count: { exists: false } }, { count: { below: most } }] as const;
  const set = { ttl: seconds(now + DAY) };
  return (await table.update(key, { add: { count: 1 }, set, if: within })) !== undefined;
}

/** Names one mail to one subscriber: an update, or the question of an hour for a confirmation. */
export interface MailName extends Subscription {
  readonly mail: string;
}

/** What became of a mail; undefined when nobody took it up. */
export async function findMailGuard(name: MailName): Promise<MailGuard | undefined> {
  const row = await table.get(schema.subscriberMail.key({ ...name }));
  return row && stored<MailGuard>(row);
}

/** Stores what became of a mail over the version before; false when somebody else was faster. */
export async function saveMailGuard(name: MailName, guard: MailGuard, now: Instant): Promise<boolean> {
  const row: Item = { ...guard, ttl: seconds(now + GUARDED), ...schema.subscriberMail.key({ ...name }) };
  return table.put(row, guard.version === 1 ? { ifNew: true } : { ifVersion: guard.version - 1 });
}

/** The table removes what has expired some days later only, so the times are compared. */
function subscribersIn(rows: readonly object[]): readonly Subscriber[] {
  const now = clock.now();
  return rows.map((row) => stored<Subscriber>(row)).filter((one) => !isLapsed(one, now));
}
