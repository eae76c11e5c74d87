import fc from 'fast-check';
import type { MaintenanceWindow, Quiet, Silence } from '../../shared/alerts/index.ts';
import { idOf, system } from '../../shared/kernel/index.ts';
import type { Arrival, TwoOrders } from './arrivals.ts';
import { epoch } from './signals.ts';

let made = 0;

const common = () => ({
  ...{ comment: 'a test', createdBy: system('test'), createdAt: epoch, version: 1 },
});

/** A silence from and to so many seconds after `epoch`. */
export function silence(
  from: number,
  to: number,
  matchers: Silence['matchers'],
  more: Partial<Silence> = {},
): Silence {
  const times = { from: epoch + from * 1_000, to: epoch + to * 1_000 };
  const id = idOf('silence', epoch, String(++made));
  return { kind: 'silence', id, matchers, ...times, ...common(), ...more };
}

/** A maintenance window from and to so many seconds after `epoch`. */
export function maintenance(from: number, to: number, ...services: readonly string[]): MaintenanceWindow {
  const times = { from: epoch + from * 1_000, to: epoch + to * 1_000 };
  const id = idOf('maintenanceWindow', epoch, String(++made));
  return { kind: 'maintenance', id, services, ...times, ...common() };
}

/** When all that is generated has long ended, in seconds. */
export const LONG_AFTER = 9_000;

const some = fc.record({
  from: fc.integer({ min: 0, max: 2_000 }),
  lasts: fc.constantFrom(60, 400, 1_200, 4_000),
  names: fc.constantFrom('a.*', '[ab].*', '[pq].*', '.* is failing', 'c.*'),
  isUntilResolved: fc.boolean(),
  isMaintenance: fc.constantFrom(false, false, false, true),
});

/** Of those that also fit alerts that end by themselves: one that ended so, and turns out to have gone on, is in its incident by then. */
const endByThemselves = /q|failing/;

/** Orders of deliveries, and what keeps them quiet. */
export interface QuietOrders {
  readonly orders: TwoOrders;
  readonly quiets: readonly Quiet[];
}

/**
 * The same deliveries with up to three silences and maintenance windows. Whether what is held back goes on is decided when the
 * quiet ends, on what is known then: so each ends when no resolve is on its way that happened before.
 */
export const quietOrders = (any: fc.Arbitrary<TwoOrders>): fc.Arbitrary<QuietOrders> =>
  fc.tuple(any, fc.array(some, { minLength: 1, maxLength: 3 })).map(([orders, plans]) => ({
    orders,
    quiets: plans.map(({ from, lasts, names, isUntilResolved, isMaintenance }) => {
      const to = calmFrom(orders, from + lasts);
      if (isMaintenance) return maintenance(from, to, 'checkout');
      if (!isUntilResolved) return silence(from, to, [{ name: 'title', op: '=~', value: names }]);
      const value = endByThemselves.test(names) ? 'd.*' : names;
      return silence(from, to, [{ name: 'title', op: '=~', value }], { untilResolved: true });
    }),
  }));

/** Deliveries are in hand for so long at most, in seconds: a batch, and batches beside it. */
const IN_HAND = 150;

/** The first time from this on when every resolve that happened before has been heard for a while. */
function calmFrom({ inTime, late }: TwoOrders, from: number): number {
  const resolves = [firstOf(inTime), firstOf(late)].flatMap((first) => [...first.values()]);
  let to = from;
  for (let before = -1; before !== to; ) {
    before = to;
    for (const { happened, heard } of resolves)
      if (happened <= to && heard + IN_HAND > to) to = Math.max(to, heard + IN_HAND);
  }
  return to;
}

/** Of each resolve when it happened and when it is heard first, in seconds. */
function firstOf(arrivals: readonly Arrival[]) {
  const first = new Map<string, { readonly happened: number; readonly heard: number }>();
  for (const { message, at } of arrivals)
    for (const signal of message.signals) {
      const name = `${signal.fingerprint} ${signal.at}`;
      if (signal.state !== 'resolved' || first.has(name)) continue;
      first.set(name, { happened: (signal.at - epoch) / 1_000, heard: Math.ceil((at - epoch) / 1_000) });
    }
  return first;
}

/** When those end that end after one time and by another, in order: then the sweep asks what they held back. */
export const endsBetween = (quiets: readonly Quiet[], after: number, by: number): readonly number[] =>
  quiets
    .map(({ to }) => to)
    .filter((to) => to > after && to <= by)
    .sort((a, b) => a - b);
