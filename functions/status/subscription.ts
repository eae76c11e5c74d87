import type { Sign } from '../../shared/kernel/index.ts';
import { linkPageHeaders } from '../../shared/on-call/index.ts';
import type { Subscription } from '../../shared/status/index.ts';
import { renderSubscription, type SubscriptionPage, settingsOf } from '../../shared/status/index.ts';
import { loadPage } from '../aws/page-log.ts';
import { signerFor } from '../aws/signer.ts';
import { type Reply, reply } from '../edge/reply.ts';

/** Signs the links of mails to subscribers. */
export const subscriptionSigner = (): Promise<Sign> => signerFor('subscription-link');

const statuses: Readonly<Partial<Record<SubscriptionPage['show'], number>>> = {
  asked: 202,
  refused: 403,
  'too-many': 429,
};

/** A page for subscribers as an answer. */
export const subscriptionReply = (page: SubscriptionPage): Reply =>
  reply(statuses[page.show] ?? 200, renderSubscription(page), linkPageHeaders);

/** What the page of a subscription is called. */
export const pageNameOf = async ({ org, page }: Subscription): Promise<string> =>
  settingsOf((await loadPage(org, page)).state).name;
