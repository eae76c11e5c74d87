import { claimMail, markMail, type Subscriber, type SubscriberMail } from '../../shared/status/index.ts';
import { bulkOutcome, sendBulkMail } from '../aws/bulk-mail.ts';
import { clock } from '../aws/clock.ts';
import { findMailGuard, type MailName, saveMailGuard } from '../aws/subscribers.ts';
import { log } from '../edge/log.ts';
import { NotNow } from '../edge/queue.ts';
import { takeTurn } from './mail-turn.ts';

/** A mail as one subscriber gets it. */
export interface Addressed extends SubscriberMail {
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends one mail at most once, and once more only where somebody died, or got no answer, in between. */
export async function sendOnce(
  name: MailName,
  { email }: Subscriber,
  mail: Addressed,
  timeLeft: () => number,
): Promise<void> {
  const before = await findMailGuard(name);
  if (claimMail(before, clock.now()).outcome === 'finished') return;
  await takeTurn(timeLeft);
  const taken = claimMail(before, clock.now());
  if (taken.outcome === 'finished') return;
  if (taken.outcome === 'held' || !(await saveMailGuard(name, taken.guard, clock.now())))
    throw new NotNow('another worker is sending this mail');
  const { became, error } = await call(email, mail);
  await saveMailGuard(name, markMail(taken.guard, became), clock.now());
  const { org, page, subscriber, mail: about } = name;
  log.info('subscriber mail', { org, page, subscriber, mail: about, outcome: became });
  if (became === 'failed' || became === 'unknown')
    throw new Error('A mail to a subscriber was not sent', { cause: error });
}

/** What a provider refuses for good is only logged: one address does not stop the others. */
async function call(email: string, mail: Addressed) {
  try {
    await sendBulkMail({ to: email, ...mail });
    return { became: 'sent' } as const;
  } catch (error) {
    return { became: bulkOutcome(error), error } as const;
  }
}
