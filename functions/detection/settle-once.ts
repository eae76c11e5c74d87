import type { SettleMessage } from '../../shared/alerts/index.ts';
import { SETTLE_SECONDS } from '../../shared/detection/index.ts';
import { type Instant, MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { ExpiringCache } from '../aws/expiring-cache.ts';
import { apart, type Received } from '../edge/queue.ts';
import type { Ports } from './ports.ts';
import { settle } from './settle.ts';

/**
 * When the last look of this process at an incident began that found nothing to do. What asks for a look was written before it was sent,
 * and the queue brings it 10 s later: so a look that began less than that ago, by the same clock, has seen it.
 */
const looked = new ExpiringCache<Instant>(5_000);

/** So long a look stands for later messages; the queue delays by about the time that it is told. */
const SURE = (SETTLE_SECONDS - 2) * SECOND;

/**
 * Looks at each incident once for all messages of a batch that ask for it, and not again so soon. Each look reads all alerts of an
 * incident that is over: when a storm ends, each POST of it asks for one.
 */
export async function settleOnce(
  batch: readonly Received<SettleMessage>[],
  ports: Ports,
): Promise<readonly string[]> {
  const groups = Map.groupBy(batch, ({ message: { org, incident } }) => `${org} ${incident}`);
  const failed = await allDone(
    [...groups].map(async ([name, asking]) => {
      const [first] = asking;
      if (first === undefined || isSeen(name, asking, ports.now())) return [];
      const one = await apart([first], (message) => look(name, message, ports));
      return one.length === 0 ? [] : asking.map(({ id }) => id);
    }),
  );
  return failed.flat();
}

/** Only what detection sends itself comes with that delay, and names its group. */
const isSeen = (name: string, asking: readonly Received<SettleMessage>[], now: Instant): boolean =>
  asking.every(({ message }) => message.correlation !== undefined) &&
  (looked.get(name)?.value ?? 0) > now - SURE;

async function look(name: string, message: SettleMessage, ports: Ports): Promise<void> {
  const begun = ports.now();
  if ((await settle(message, ports)) === 'nothing') looked.set(name, begun, MINUTE);
}
