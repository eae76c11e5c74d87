import { statusApi } from '../../shared/status/api.ts';
import { readEnd } from '../../shared/status/index.ts';
import { openVerb } from '../edge/verb.ts';
import { pageNameOf, subscriptionReply, subscriptionSigner } from './subscription.ts';

/** Shows the button that ends a subscription, and changes nothing. */
export const showUnsubscribe = openVerb({
  api: statusApi['show-unsubscribe'],
  run: async ({ params: { token } }) => {
    const link = readEnd(token, await subscriptionSigner());
    return subscriptionReply(
      link === undefined ? { show: 'refused' } : { show: 'end', page: await pageNameOf(link) },
    );
  },
});
