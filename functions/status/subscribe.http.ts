import { digest, Refusal } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { askToSubscribe, subscribingLimits } from '../../shared/status/index.ts';
import type { ConfirmMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { openPageDoor } from '../aws/page-log.ts';
import { sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';
import { countRequest, putPending } from '../aws/subscribers.ts';
import { reply } from '../edge/reply.ts';
import { openVerb } from '../edge/verb.ts';
import { subscriptionReply } from './subscription.ts';

/** Asks an address whether it wants the updates of a page. The answer is the same whether it is known or not. */
export const subscribe = openVerb({
  api: statusApi.subscribe,
  run: async ({ body: { email, page: wanted }, headers, sourceIp }) => {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const door = await openPageDoor(wanted ?? 'root');
    if (door === undefined) throw new Refusal('not_found', 'There is no such status page.', 'body.page');
    if (!(await isWithinLimits(door, sourceIp))) {
      if (isForm) return subscriptionReply({ show: 'too-many' });
      throw new Refusal(
        'limit',
        'Too many people subscribed from here or to this page; try again in an hour.',
      );
    }
    const pending = askToSubscribe({ org: door.org, page: door.page, email }, clock.now());
    await putPending(pending);
    const { org, page, id: subscriber, askedAt } = pending;
    const message: ConfirmMessage = { kind: 'confirm', org, page, subscriber, askedAt };
    await sendTo(setting('mailingQueue')).send([{ body: message, group: page }]);
    return isForm ? subscriptionReply({ show: 'asked' }) : reply(202, { state: 'asked' } as const);
  },
});

/** One source first, so that it alone cannot use up what a page allows everybody. */
async function isWithinLimits(door: Parameters<typeof countRequest>[0], sourceIp: string): Promise<boolean> {
  const now = clock.now();
  const { source, page } = subscribingLimits;
  return (
    (await countRequest(door, `source-${digest(sourceIp)}`, source, now)) &&
    (await countRequest(door, 'page', page, now))
  );
}
