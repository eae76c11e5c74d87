import { statusApi } from '../../shared/status/api.ts';
import { readConfirmation } from '../../shared/status/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { findSubscriber } from '../aws/subscribers.ts';
import { openVerb } from '../edge/verb.ts';
import { pageOf, subscriptionReply, subscriptionSigner } from './subscription.ts';

/** Shows the button that confirms a subscription. Mail scanners open every link, so this changes nothing. */
export const showSubscription = openVerb({
  api: statusApi['show-subscription'],
  run: async ({ params: { token } }) => {
    const link = readConfirmation(token, await subscriptionSigner(), clock.now());
    if (link.outcome === 'forged') return subscriptionReply({ show: 'forged' });
    const [found, { name, home }] = await allDone([
      findSubscriber(link.subscription),
      pageOf(link.subscription),
    ]);
    if (found?.state === 'confirmed') return subscriptionReply({ show: 'known', page: name }, { home });
    if (found === undefined || link.outcome === 'expired')
      return subscriptionReply({ show: 'over' }, { home });
    return subscriptionReply({ show: 'confirm', page: name }, { home });
  },
});
