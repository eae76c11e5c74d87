import { statusApi } from '../../shared/status/api.ts';
import { readConfirmation } from '../../shared/status/index.ts';
import { clock } from '../aws/clock.ts';
import { confirm } from '../aws/subscribers.ts';
import { openVerb } from '../edge/verb.ts';
import { pageOf, subscriptionReply, subscriptionSigner } from './subscription.ts';

/** Confirms a subscription by the button of its page. */
export const confirmSubscription = openVerb({
  api: statusApi['confirm-subscription'],
  run: async ({ params: { token } }) => {
    const now = clock.now();
    const link = readConfirmation(token, await subscriptionSigner(), now);
    if (link.outcome === 'forged') return subscriptionReply({ show: 'forged' });
    const { name, home } = await pageOf(link.subscription);
    if (link.outcome === 'expired' || (await confirm(link.subscription, now)) === undefined)
      return subscriptionReply({ show: 'over' }, { home });
    return subscriptionReply({ show: 'confirmed', page: name }, { home });
  },
});
