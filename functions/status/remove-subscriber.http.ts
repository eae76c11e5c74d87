import { Refusal } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { pageOfOrganisation } from '../aws/page-log.ts';
import { endSubscription, findSubscriber } from '../aws/subscribers.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';

/** Removes a subscriber; who wants to come back subscribes again. */
export const removeSubscriber = verb({
  api: statusApi['remove-subscriber'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const subscription = { org, page: pageOfOrganisation(org), subscriber: id };
    // Looked for first, so that nothing is written for an id of somebody else.
    const found = (await findSubscriber(subscription)) !== undefined && (await endSubscription(subscription));
    if (!found) throw new Refusal('not_found', `There is no subscriber '${id}' here.`, 'path.id');
    return reply(204);
  },
});
