import { Refusal } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { pageOfOrganisation } from '../aws/page-log.ts';
import { endSubscription } from '../aws/subscribers.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';

/** Removes a subscriber; who wants to come back subscribes again. */
export const removeSubscriber = verb({
  api: statusApi['remove-subscriber'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const found = await endSubscription({ org, page: pageOfOrganisation(org), subscriber: id });
    if (!found) throw new Refusal('not_found', `There is no subscriber '${id}' here.`, 'path.id');
    return reply(204);
  },
});
