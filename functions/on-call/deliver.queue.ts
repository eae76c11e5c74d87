import {
  type Claimed,
  type Delivery,
  dropReason,
  type Failed,
  markDropped,
  markFailed,
  markRefused,
  markSent,
} from '../../shared/on-call/index.ts';
import { type DeliverMessage, functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { type Mail, mailRefusal, sendMail } from '../aws/mail.ts';
import { readSettings } from '../aws/settings.ts';
import { queueWorker } from '../edge/queue.ts';
import { claim, markDelivery } from './deliveries.ts';
import { loadForDelivery } from './load.ts';
import { parseDeliver } from './messages.ts';
import { pageMail } from './page-mail.ts';
import { passOn, recordRefusal } from './pass-on.ts';
import { findPerson } from './roster.ts';

readSettings(functions.Deliver.env);

/** Carries out one delivery: looks at the incident once more, claims the delivery, calls the provider, marks it. */
export const handler = queueWorker(parseDeliver, async (message) => {
  const { incident, roster, delivery } = await loadForDelivery(message);
  const claimed = await claim(message, delivery, clock.now());
  // Whoever marked it may have died before it passed it on.
  if (!claimed) return isGone(delivery) ? passOn(message, roster) : undefined;
  const person = await findPerson(roster, message.person);
  const why = dropReason(incident, message.generation);
  if (why || !incident || !person) {
    await markDelivery(message, markDropped(claimed, why ?? 'unreachable', clock.now()));
    return why ? undefined : passOn(message, roster);
  }
  const failure = await call(message, claimed, await pageMail(incident, person, claimed, clock.now()));
  if (failure === undefined) return;
  if (failure.failed.refused) {
    await recordRefusal(message, failure.failed.reason);
    await passOn(message, roster);
  }
  // The queue brings it back: what is refused may be accepted a minute later.
  throw new Error(`A page was not sent: ${failure.failed.reason}`, { cause: failure.error });
});

const isGone = (page: Delivery): boolean => page.state === 'dropped' && page.why === 'unreachable';

interface Failure {
  readonly failed: Failed;
  readonly error: unknown;
}

/**
 * Calls the provider and marks what became of it; gives the attempt when it failed. Whoever dies between the two leaves a claim
 * that runs out; the next page then says "possibly again".
 */
async function call(message: DeliverMessage, claimed: Claimed, mail: Mail): Promise<Failure | undefined> {
  let providerId: string;
  try {
    providerId = await sendMail(mail);
  } catch (error) {
    const failed = failedBy(error, claimed);
    await markDelivery(message, failed);
    return { failed, error };
  }
  await markDelivery(message, markSent(claimed, providerId, clock.now()));
  return undefined;
}

function failedBy(error: unknown, claimed: Claimed): Failed {
  const refusal = mailRefusal(error);
  if (refusal !== undefined) return markRefused(claimed, refusal, clock.now());
  const reason = error instanceof Error ? error.name.slice(0, 100) : 'unknown';
  return markFailed(claimed, reason, isRefusal(error), clock.now());
}

/** Whether the provider itself said no, so that nothing was sent; a time-out or a fault of the provider leaves it open. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}
