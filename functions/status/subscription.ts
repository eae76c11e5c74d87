import type { PageId, Sign } from '../../shared/kernel/index.ts';
import { linkPageHeaders } from '../../shared/on-call/index.ts';
import type { Subscription } from '../../shared/status/index.ts';
import { renderSubscription, type SubscriptionPage, settingsOf } from '../../shared/status/index.ts';
import { loadPage, openPageDoor } from '../aws/page-log.ts';
import { setting } from '../aws/settings.ts';
import { signerFor } from '../aws/signer.ts';
import { type Reply, reply } from '../edge/reply.ts';
import { pageAddress } from './place.ts';

/** Signs the links of mails to subscribers. */
export const subscriptionSigner = (): Promise<Sign> => signerFor('subscription-link');

const statuses: Readonly<Partial<Record<SubscriptionPage['show'], number>>> = {
  asked: 202,
  forged: 403,
  over: 410,
  'too-many': 429,
};

/** Where a page for subscribers leads back to, and its status where that is not the usual one. */
interface Told {
  readonly home?: string;
  readonly status?: number;
}

/** A page for subscribers as an answer. */
export const subscriptionReply = (
  page: SubscriptionPage,
  { home = rootAddress(), status }: Told = {},
): Reply => reply(status ?? statuses[page.show] ?? 200, renderSubscription(page, home), linkPageHeaders);

const rootAddress = () => `${setting('statusUrl')}/`;

/** What the page of a subscription is called, and where it is read. */
export async function pageOf({ org, page }: Pick<Subscription, 'org' | 'page'>) {
  const { state, root = false } = await loadPage(org, page);
  return { name: settingsOf(state).name, home: pageAddress(setting('statusUrl'), { page, root }) };
}

/** Where a page is read that somebody named; the page at the root when there is none of that name. */
export async function homeOf(page: PageId): Promise<string> {
  if ((await openPageDoor(page)) === undefined) return rootAddress();
  const root = (await openPageDoor('root'))?.page === page;
  return pageAddress(setting('statusUrl'), { page, root });
}
