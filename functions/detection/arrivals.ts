import { type Arrived, CALM, countDueAt, type Origin } from '../../shared/alerts/index.ts';
import { type IntegrationId, MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { type CountMessage, canaryHome, type LimitMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { noteOverLimit, writeMinute } from '../aws/integration-activity.ts';
import { limitAlert } from './limit.ts';
import type { Ports } from './ports.ts';

/** Integrations that are written at once. */
const AT_ONCE = 25;

/** By when a minute is counted, with something to spare; and the longest that the queue delays a message. */
const COUNTED = 30 * SECOND;
const LONGEST_DELAY = 900;

/**
 * Writes how many alerts each integration sent in a minute, from all instances together, and tells the owner of one that sent
 * more than its limit. Doing it again, also with more of the same minute, changes nothing but what is new.
 */
export async function keepArrivals(
  message: Pick<CountMessage, 'org' | 'minute'>,
  arrived: readonly (readonly [IntegrationId, Arrived])[],
  ports: Pick<Ports, 'now' | 'sendAlertQueue'>,
): Promise<void> {
  if (message.org === canaryHome.org) return;
  for (let done = 0; done < arrived.length; done += AT_ONCE) {
    const some = arrived.slice(done, done + AT_ONCE);
    await allDone(some.map(([integration, one]) => keepOne({ ...message, integration }, one, ports)));
  }
}

async function keepOne(
  { org, minute, integration }: Pick<LimitMessage, 'org' | 'minute' | 'integration'>,
  { alerts, isOver }: Arrived,
  { now, sendAlertQueue }: Pick<Ports, 'now' | 'sendAlertQueue'>,
): Promise<void> {
  await writeMinute(org, integration, minute, alerts);
  if (!isOver) return;
  const place = { org, minute, integration } as const;
  const firing = await limitAlert(place, 'firing', now());
  // Its owner may have deleted it meanwhile.
  if (firing === undefined) return;
  const calm: LimitMessage<Origin> = { kind: 'limit', ...place, source: firing.source };
  const calmAt = countDueAt(minute, 0) + CALM + COUNTED;
  const delaySeconds = Math.max(0, Math.min(LONGEST_DELAY, Math.ceil((calmAt - now()) / SECOND)));
  // First what tells of it, then what ends it: whoever dies in between does it all again.
  await sendAlertQueue([
    { body: firing, group: integration },
    { body: calm, group: integration, delaySeconds },
  ]);
  await noteOverLimit(org, integration, minute, (minute + 1) * MINUTE);
}
