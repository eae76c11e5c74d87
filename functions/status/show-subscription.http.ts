import { statusApi } from '../../shared/status/api.ts';
import { readConfirmation } from '../../shared/status/index.ts';
import { clock } from '../aws/clock.ts';
import { findSubscriber } from '../aws/subscribers.ts';
import { openVerb } from '../edge/verb.ts';
import { pageNameOf, subscriptionReply, subscriptionSigner } from './subscription.ts';

/** Shows the button that confirms a subscription. Mail scanners open every link, so this changes nothing. */
export const showSubscription = openVerb({
  api: statusApi['show-subscription'],
  run: async ({ params: { token } }) => {
    const link = readConfirmation(token, await subscriptionSigner(), clock.now());
    if (link === undefined || (await findSubscriber(link)) === undefined)
      return subscriptionReply({ show: 'refused' });
    return subscriptionReply({ show: 'confirm', page: await pageNameOf(link) });
  },
});
