import { statusApi } from '../../shared/status/api.ts';
import { readEnd } from '../../shared/status/index.ts';
import { findSubscriber } from '../aws/subscribers.ts';
import { openVerb } from '../edge/verb.ts';
import { pageOf, subscriptionReply, subscriptionSigner } from './subscription.ts';

/** Shows the button that ends a subscription, and changes nothing. */
export const showUnsubscribe = openVerb({
  api: statusApi['show-unsubscribe'],
  run: async ({ params: { token } }) => {
    const link = readEnd(token, await subscriptionSigner());
    if (link === undefined) return subscriptionReply({ show: 'forged' });
    const { name, home } = await pageOf(link);
    const isThere = (await findSubscriber(link)) !== undefined;
    return subscriptionReply(isThere ? { show: 'end', page: name } : { show: 'ended' }, { home });
  },
});
