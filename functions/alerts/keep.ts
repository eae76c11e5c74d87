import { redacted } from '../../shared/alerts/index.ts';
import { type Duration, type Instant, SECOND } from '../../shared/kernel/index.ts';
import { canaryHome } from '../../shared/wiring/index.ts';
import type { Outcome } from '../aws/delivery-files.ts';
import { noteRefused } from '../aws/integration-activity.ts';
import { log } from '../edge/log.ts';
import { Pace } from './pace.ts';
import type { Delivery, IntegrationDoor } from './ports.ts';

/** A sender waits no longer for what is only for people to look at: some give up after a second, with all else that takes time. */
const WITHIN: Duration = SECOND / 4;

/** Until something was answered here: then a sender has waited for the start already, and loading the client of S3 blocks more. */
let isStarting = true;

/** How many bodies of one integration and outcome are kept at once, and how seldom then: by each process. */
const bodies = new Pace(5, 10 * SECOND);
/** How seldom refusals are written. */
const notes = new Pace(1, 10 * SECOND);
/** Refusals that were not written yet. What a process has not written when it ends is lost: the number is about right. */
const pending = new Map<string, number>();
const MOST_PENDING = 10_000;

/** Keeps what was sent for whoever looks at it, and counts refusals. Never fails; that it did not succeed is logged. */
export async function keepDelivery(receipt: string, delivery: Delivery, now: Instant): Promise<void> {
  const { door, reason } = delivery;
  const isSpared = isStarting && reason === undefined;
  isStarting = false;
  // Nobody looks at the canary's, which come every minute.
  if (door === undefined || door.org === canaryHome.org) return;
  await Promise.all([
    isSpared ? undefined : quietly('body', keepBody(receipt, delivery, door, now)),
    reason === undefined ? undefined : quietly('refusal', countRefusal(door, reason, now)),
  ]);
}

async function keepBody(
  receipt: string,
  { bytes, key, status, reason }: Delivery,
  { org, id: integration }: IntegrationDoor,
  now: Instant,
): Promise<void> {
  const outcome: Outcome = reason === undefined ? 'taken' : 'refused';
  if (bytes === undefined || !bodies.allows(`${integration} ${outcome}`, now)) return;
  const kept = redacted(bytes.toString('utf8'), key === undefined ? [] : [key]);
  const told = { receivedAt: now, status, ...(reason !== undefined && { reason }), ...kept };
  // Loaded while the alert is under way to the queue: no start of a function waits for it.
  const { writeDelivery } = await import('../aws/delivery-files.ts');
  await writeDelivery({ org, integration, outcome }, receipt, told, WITHIN);
}

async function countRefusal({ org, id }: IntegrationDoor, reason: string, at: Instant): Promise<void> {
  const count = (pending.get(id) ?? 0) + 1;
  if (!notes.allows(id, at)) {
    if (pending.size >= MOST_PENDING) pending.clear();
    pending.set(id, count);
    return;
  }
  pending.delete(id);
  await noteRefused(org, id, { count, at, reason });
}

/** Waits for it as long as a sender may, and logs that it failed. */
async function quietly(what: string, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It took too long')), WITHIN);
  });
  await Promise.race([work, late]).catch((error: unknown) => {
    log.warn('delivery was not kept', { what, reason: error instanceof Error ? error.name : 'unknown' });
  });
  clearTimeout(timer);
}
