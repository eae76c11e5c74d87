import fc from 'fast-check';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { type Arrival, type TwoOrders, twoOrders } from '../arrivals.ts';

/** Deliveries come at whole multiples of this, in crowds. */
const CROWD = 5 * MINUTE;

/** What was up to 14 minutes late is then up to 9, and with the wait for its crowd 14 again. */
const SOONER = 9 / 14;

const crowded = ({ inTime, late, cuts }: TwoOrders): TwoOrders => ({
  inTime,
  late: late.map(inCrowd).sort((a, b) => a.at - b.at),
  // Mostly alone, so that workers have the same alerts in hand at the same time.
  cuts: cuts.map((cut) => (cut > 2 ? 1 : cut)),
});

function inCrowd({ message, at }: Arrival): Arrival {
  const soon = message.receivedAt + (at - message.receivedAt) * SOONER;
  return { message, at: Math.ceil(soon / CROWD) * CROWD };
}

/** Deliveries that come one by one, or several at the same time, so that three workers meet over the same keys. */
export const anyOrders: fc.Arbitrary<TwoOrders> = fc.oneof(twoOrders, twoOrders.map(crowded));
