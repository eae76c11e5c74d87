import { type Delivery, dropReason, markDropped, reachedOtherwise } from '../../shared/on-call/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { readSettings } from '../aws/settings.ts';
import { queueWorker } from '../edge/queue.ts';
import { claim, markDelivery, pagesOfStep } from './deliveries.ts';
import { loadForDelivery } from './load.ts';
import { type DeliveryAsked, parseDelivery } from './messages.ts';
import { sendNextInTime } from './next-channel.ts';
import { isItsTurn } from './order.ts';
import { passOn } from './pass-on.ts';
import { findPerson } from './roster.ts';
import { tell } from './tell.ts';
import { tellTest } from './tell-test.ts';

readSettings(functions.Deliver.env);

/** Carries out one delivery, or a test of a channel, which goes the same way. */
export const handler = queueWorker(parseDelivery, (message) =>
  message.kind === 'test' ? tellTest(message) : deliver(message),
);

/** Looks at the incident once more, claims the delivery, calls the provider, marks it. */
async function deliver(message: DeliveryAsked): Promise<void> {
  const { incident, roster, delivery } = await loadForDelivery(message);
  const before = isFirst(delivery) ? [] : await pagesOfStep(message);
  const isNeeded = !reachedOtherwise(message, before);
  // A channel that stands by, while an earlier one has taken the page.
  if (!isNeeded && delivery.version === 0) return;
  if (delivery.version === 0 && before.some(({ person }) => person === message.person))
    await sendNextInTime(message);
  const claimed = await claim(message, delivery, clock.now());
  // Whoever marked it may have died before it passed it on.
  if (!claimed) return isGone(delivery) ? passOn(message, roster) : undefined;
  const person = await findPerson(roster, message.person);
  const dropped = dropReason(incident, message.generation);
  const why = dropped ?? (isNeeded ? undefined : 'reached-otherwise');
  if (why || !incident || !person) {
    await markDelivery(message, markDropped(claimed, why ?? 'unreachable', clock.now()));
    return why ? undefined : passOn(message, roster);
  }
  if (!(await isItsTurn(message, claimed))) return;
  await tell(message, claimed, { incident, person, roster });
}

/** Planned with the step, and never tried: there is nothing before it to look at. */
const isFirst = ({ version, attempts }: Delivery): boolean => version > 0 && attempts === 0;

const isGone = (page: Delivery): boolean => page.state === 'dropped' && page.why === 'unreachable';
