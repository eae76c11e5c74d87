import { statusApi } from '../../shared/status/api.ts';
import { readEnd } from '../../shared/status/index.ts';
import { endSubscription } from '../aws/subscribers.ts';
import { openVerb } from '../edge/verb.ts';
import { homeOf, subscriptionReply, subscriptionSigner } from './subscription.ts';

/** Ends a subscription, by the button or by the mail program itself (RFC 8058). Again, it changes nothing. */
export const unsubscribe = openVerb({
  api: statusApi.unsubscribe,
  run: async ({ params: { token } }) => {
    const link = readEnd(token, await subscriptionSigner());
    if (link === undefined) return subscriptionReply({ show: 'forged' });
    await endSubscription(link);
    return subscriptionReply({ show: 'ended' }, { home: await homeOf(link.page) });
  },
});
