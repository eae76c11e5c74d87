import { type Claimed, dropReason, markDropped, markFailed, markSent } from '../../shared/on-call/index.ts';
import { type DeliverMessage, functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { type Mail, sendMail } from '../aws/mail.ts';
import { readSettings } from '../aws/settings.ts';
import { queueWorker } from '../edge/queue.ts';
import { claim, markDelivery } from './deliveries.ts';
import { loadForDelivery } from './load.ts';
import { parseDeliver } from './messages.ts';
import { pageMail } from './page-mail.ts';
import { findPerson } from './roster.ts';

readSettings(functions.Deliver.env);

/** Carries out one delivery: looks at the incident once more, claims the delivery, calls the provider, marks it. */
export const handler = queueWorker(parseDeliver, async (message) => {
  const { incident, roster, delivery } = await loadForDelivery(message);
  const claimed = await claim(message, delivery, clock.now());
  if (!claimed) return;
  const person = await findPerson(roster, message.person);
  const why = dropReason(incident, message.generation);
  if (why || !incident || !person) {
    return markDelivery(message, markDropped(claimed, why ?? 'unreachable', clock.now()));
  }
  await call(message, claimed, await pageMail(incident, person, claimed, clock.now()));
});

/** Whoever dies between the two calls leaves a claim that runs out; the next page then says "possibly again". */
async function call(message: DeliverMessage, claimed: Claimed, mail: Mail): Promise<void> {
  let providerId: string;
  try {
    providerId = await sendMail(mail);
  } catch (error) {
    const reason = error instanceof Error ? error.name.slice(0, 100) : 'unknown';
    await markDelivery(message, markFailed(claimed, reason, isRefusal(error), clock.now()));
    throw error;
  }
  await markDelivery(message, markSent(claimed, providerId, clock.now()));
}

/** Whether the provider itself said no, so that nothing was sent; a time-out or a fault of the provider leaves it open. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}
