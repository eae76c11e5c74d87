import { digest, isId, Refusal } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { askToSubscribe, subscribingLimits } from '../../shared/status/index.ts';
import type { ConfirmMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { openPageDoor } from '../aws/page-log.ts';
import { sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';
import { countRequest, putPending } from '../aws/subscribers.ts';
import { statusOf } from '../edge/errors.ts';
import { wantsPage } from '../edge/in-words.ts';
import { reply } from '../edge/reply.ts';
import { openVerb } from '../edge/verb.ts';
import { homeOf, subscriptionReply } from './subscription.ts';

/** Asks an address whether it wants the updates of a page. The answer is the same whether it is known or not. */
export const subscribe = openVerb({
  api: statusApi.subscribe,
  run: async ({ body: { email, page: wanted }, headers, sourceIp }) => {
    const door = await openPageDoor(wanted ?? 'root');
    if (door === undefined) throw new Refusal('not_found', 'There is no such status page.', 'body.page');
    if (!(await isWithinLimits(door, sourceIp)))
      throw new Refusal(
        'limit',
        'Too many people subscribed from here or to this page; try again in an hour.',
      );
    const pending = askToSubscribe({ org: door.org, page: door.page, email }, clock.now());
    await putPending(pending);
    const { org, page, id: subscriber, askedAt } = pending;
    const message: ConfirmMessage = { kind: 'confirm', org, page, subscriber, askedAt };
    await sendTo(setting('mailingQueue')).send([{ body: message, group: page }]);
    if (!wantsPage(headers)) return reply(202, { state: 'asked' } as const);
    return subscriptionReply({ show: 'asked' }, { home: await homeOf(page) });
  },
  explain: async ({ status, message, param, sent: { email = '', page } }) => {
    const known = page !== undefined && isId('statusPage', page) ? page : undefined;
    const told = { status, ...(known && { home: await homeOf(known) }) };
    if (status === statusOf.limit) return subscriptionReply({ show: 'too-many' }, told);
    if (param === 'body.email')
      return subscriptionReply({ show: 'wrong-address', got: email, ...(known && { form: known }) }, told);
    return subscriptionReply({ show: 'not-taken', ...(message !== undefined && { why: message }) }, told);
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
