import { setTimeout as sleep } from 'node:timers/promises';
import type { InvocationResult } from '../resource.ts';
import type { StreamRecord } from './record.ts';

/** How an event source mapping treats a batch that fails. */
export interface DeliveryPolicy {
  readonly bisect: boolean;
  /** Infinity: for ever. */
  readonly retries: number;
  readonly reportsItemFailures: boolean;
}

/** What delivery needs from around it. */
export interface DeliveryWorld {
  invoke(records: readonly StreamRecord[]): Promise<InvocationResult>;
  /** Takes what was given up. */
  giveUp(records: readonly StreamRecord[], attempts: number, last: InvocationResult): Promise<void>;
  stopped(): boolean;
}

const longestPause = 1_000;

/**
 * Delivers a batch in order, as Lambda does: retried with growing pauses, halved when that is asked for (which uses up
 * no retry), then given up. Ends early once the runner stops.
 *
 * @returns whether every record was delivered or given up
 */
export async function deliver(
  records: readonly StreamRecord[],
  policy: DeliveryPolicy,
  world: DeliveryWorld,
): Promise<boolean> {
  let rest = records;
  for (let failures = 0; rest.length > 0 && !world.stopped(); ) {
    const result = await world.invoke(rest);
    const done = finished(rest, result, policy.reportsItemFailures);
    rest = rest.slice(done);
    if (rest.length === 0) return true;
    if (done > 0) continue;
    if (policy.bisect && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      if (!(await deliver(rest.slice(0, middle), policy, world))) return false;
      rest = rest.slice(middle);
      continue;
    }
    failures += 1;
    if (failures > policy.retries) {
      await world.giveUp(rest, failures, result);
      return true;
    }
    await sleep(Math.min(longestPause, 25 * 2 ** failures));
  }
  return rest.length === 0;
}

/** How many records of the batch are finished, counted from its beginning. */
function finished(records: readonly StreamRecord[], result: InvocationResult, reports: boolean): number {
  if (!result.ok) return 0;
  if (!reports) return records.length;
  const failed =
    (result.payload as { batchItemFailures?: readonly { itemIdentifier?: unknown }[] } | null)
      ?.batchItemFailures ?? [];
  if (failed.length === 0) return records.length;
  const indexes = failed.map(({ itemIdentifier }) =>
    records.findIndex((one) => one.dynamodb.SequenceNumber === itemIdentifier),
  );
  return Math.max(0, Math.min(...indexes));
}
