import type { AcceptedMessage } from '../../shared/alerts/index.ts';
import { DAY, digest, type Instant, SECOND } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { table } from './table.ts';

/** How long a delivery is known. Longer than any sender tries again. */
const KNOWN = 3 * DAY;

type Delivered = Pick<AcceptedMessage, 'org' | 'integration' | 'receipt'> & { readonly delivery: string };

/** Takes a delivery for this receipt; false when another receipt has taken it within three days. */
export async function takeDelivery(
  { org, integration, receipt, delivery }: Delivered,
  now: Instant,
): Promise<boolean> {
  const hash = digest(integration, delivery);
  const until = now + KNOWN;
  const row = { kind: 'taken', org, receipt, until, ttl: Math.ceil(until / SECOND) };
  // The store deletes late: what is too old is as if it were gone.
  const free = [{ pk: { exists: false } }, { receipt: { is: receipt } }, { until: { below: now } }];
  return table.put({ ...schema.takenDelivery.key({ org, hash }), ...row }, { if: free });
}
