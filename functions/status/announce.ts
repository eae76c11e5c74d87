import { bulkRate, chunksOf, LISTED, updateForAll } from '../../shared/status/index.ts';
import type { AnnounceMessage, MailMessage } from '../../shared/wiring/index.ts';
import { accountQuota } from '../aws/bulk-mail.ts';
import { loadPage } from '../aws/page-log.ts';
import { type Outgoing, sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';
import { listSubscribers } from '../aws/subscribers.ts';

/** A million subscribers, far more than a table partition of ours should hold: the end of every chain. */
const MOST_HOPS = 2_500;

/**
 * Lists some subscribers and asks for a mail to each, in parts that keep to half of the account's rate. Where there are more it
 * asks itself for the rest once these are told.
 */
export async function announce(message: AnnounceMessage): Promise<void> {
  const { org, page, update, after, hop } = message;
  if (hop > MOST_HOPS) throw new Error(`An update was announced in over ${MOST_HOPS} steps`);
  if (updateForAll((await loadPage(org, page)).state, update) === undefined) return;
  const listing = { limit: LISTED, ...(after !== undefined && { after }) };
  const { items, next } = await listSubscribers(org, page, listing);
  const confirmed = items.filter(({ state }) => state === 'confirmed').map(({ id }) => id);
  if (confirmed.length === 0 && next === undefined) return;
  const { chunks, seconds } = chunksOf(confirmed, bulkRate((await accountQuota()).rate));
  const parts = chunks.map(({ to, delaySeconds }): Outgoing => {
    const body: MailMessage = { kind: 'mail', org, page, update, to };
    return { body, group: page, delaySeconds };
  });
  const rest: AnnounceMessage = { ...message, ...(next !== undefined && { after: next }), hop: hop + 1 };
  const more = next === undefined ? [] : [{ body: rest, group: page, delaySeconds: seconds }];
  await sendTo(setting('mailingQueue')).send([...parts, ...more]);
}
