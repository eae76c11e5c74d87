import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { type Claimed, claimDelivery, type Delivery } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import type { DeliverMessage } from '../../shared/wiring/index.ts';
import { deliveriesOf } from '../aws/delivery-intents.ts';
import { type Item, table, type Write } from '../aws/table.ts';
import { log } from '../edge/log.ts';
import { NotNow } from '../edge/queue.ts';
import { intentKey } from './load.ts';

function rowOf(org: OrganisationId, incident: IncidentId, delivery: Delivery): Item {
  return { ...intentKey({ org, incident, ...delivery }), kind: 'delivery', ...delivery };
}

/** The write that plans a delivery; it fails when there is one by that name. */
export function planWrite(org: OrganisationId, inc: IncidentId, delivery: Delivery): Write {
  return { put: rowOf(org, inc, delivery), ifNew: true };
}

/** Stores a delivery over the version before it; false when somebody else was faster. */
export async function saveDelivery(
  { org, incident }: Pick<DeliverMessage, 'org' | 'incident'>,
  delivery: Delivery,
): Promise<boolean> {
  const before = delivery.version - 1;
  return table.put(rowOf(org, incident, delivery), before === 0 ? { ifNew: true } : { ifVersion: before });
}

type Generation = Pick<DeliverMessage, 'org' | 'incident' | 'generation'>;

/** The pages of one step of an incident. */
export async function pagesOfStep({
  org,
  incident,
  generation,
  step,
}: Generation & { readonly step: number }): Promise<readonly Delivery[]> {
  const { sortPrefix } = schema.deliveryIntent;
  return deliveriesOf(org, incident, `${sortPrefix}${generation}#${step}#`);
}

/** The pages of all steps since the incident was last opened. */
export async function pagesSinceOpened({
  org,
  incident,
  generation,
}: Generation): Promise<readonly Delivery[]> {
  return deliveriesOf(org, incident, `${schema.deliveryIntent.sortPrefix}${generation}#`);
}

/** The delivery for this worker alone; undefined when it is done. While another may be at work, the message comes again. */
export async function claim(
  message: DeliverMessage,
  delivery: Delivery,
  now: Instant,
): Promise<Claimed | undefined> {
  const taken = claimDelivery(delivery, now);
  if (taken.outcome === 'finished') return undefined;
  if (taken.outcome === 'claimed' && (await saveDelivery(message, taken.delivery))) return taken.delivery;
  const until = taken.outcome === 'held' ? taken.until : undefined;
  throw new NotNow('it is not time for this delivery', until === undefined ? undefined : until - now);
}

/** Stores what became of a claimed delivery. Nothing is left to do when it was taken over meanwhile. */
export async function markDelivery(message: DeliverMessage, delivery: Delivery): Promise<void> {
  const { org, incident, generation, step, person, channel } = message;
  if (await saveDelivery(message, delivery)) {
    log.info('page', { org, incident, generation, step, person, channel, outcome: delivery.state });
    return;
  }
  log.warn('a delivery was taken over before it was marked', { state: delivery.state });
}
