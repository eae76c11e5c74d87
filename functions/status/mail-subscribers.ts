import {
  confirmationMail,
  confirmationToken,
  endHeaders,
  endToken,
  hourOf,
  type Subscription,
  settingsOf,
  updateForAll,
  updateMail,
} from '../../shared/status/index.ts';
import type { ConfirmMessage, MailMessage } from '../../shared/wiring/index.ts';
import { loadPage } from '../aws/page-log.ts';
import { setting } from '../aws/settings.ts';
import { findSubscriber, findSubscribers } from '../aws/subscribers.ts';
import { NotNow } from '../edge/queue.ts';
import { pageAddress } from './place.ts';
import { sendOnce } from './send-mails.ts';
import { subscriptionSigner } from './subscription.ts';

/** Mails an update to some subscribers, as it is on the page now. Who was told already is passed by. */
export async function mailUpdate(message: MailMessage, timeLeft: () => number): Promise<void> {
  const { org, page, update, to } = message;
  const [{ state, root = false }, sign] = [await loadPage(org, page), await subscriptionSigner()];
  const told = updateForAll(state, update);
  if (told === undefined) return;
  const { name } = settingsOf(state);
  const url = pageAddress(setting('statusUrl'), { page, root });
  let failure: unknown;
  for (const subscriber of await findSubscribers({ org, page }, to)) {
    if (subscriber.state !== 'confirmed') continue;
    const who = { org, page, subscriber: subscriber.id };
    const endUrl = linkTo(endToken(who, sign), '/end');
    const mail = { ...updateMail(told, { name, url, endUrl }), headers: endHeaders(endUrl) };
    await sendOnce({ ...who, mail: update }, subscriber, mail, timeLeft).catch((error: unknown) => {
      if (failure === undefined || failure instanceof NotNow) failure = error;
    });
  }
  if (failure !== undefined) throw failure;
}

/** Asks an address whether it wants the mails; one that said so already is asked nothing. At most once an hour. */
export async function askForConfirmation(
  { org, page, subscriber: id, askedAt }: ConfirmMessage,
  timeLeft: () => number,
): Promise<void> {
  const who: Subscription = { org, page, subscriber: id };
  const subscriber = await findSubscriber(who);
  if (subscriber?.state !== 'pending') return;
  const [{ state }, sign] = [await loadPage(org, page), await subscriptionSigner()];
  const confirmUrl = linkTo(confirmationToken(who, askedAt, sign));
  const endUrl = linkTo(endToken(who, sign), '/end');
  const mail = { ...confirmationMail(settingsOf(state).name, confirmUrl), headers: endHeaders(endUrl) };
  await sendOnce({ ...who, mail: `confirm-${hourOf(askedAt)}` }, subscriber, mail, timeLeft);
}

const linkTo = (token: string, more = ''): string =>
  `${setting('publicUrl').replace(/\/+$/, '')}/status/subscriptions/${token}${more}`;
