import { statusApi } from '../../shared/status/api.ts';
import { readConfirmation } from '../../shared/status/index.ts';
import { clock } from '../aws/clock.ts';
import { confirm } from '../aws/subscribers.ts';
import { openVerb } from '../edge/verb.ts';
import { pageNameOf, subscriptionReply, subscriptionSigner } from './subscription.ts';

/** Confirms a subscription by the button of its page. */
export const confirmSubscription = openVerb({
  api: statusApi['confirm-subscription'],
  run: async ({ params: { token } }) => {
    const now = clock.now();
    const link = readConfirmation(token, await subscriptionSigner(), now);
    if (link === undefined || (await confirm(link, now)) === undefined)
      return subscriptionReply({ show: 'refused' });
    return subscriptionReply({ show: 'confirmed', page: await pageNameOf(link) });
  },
});
