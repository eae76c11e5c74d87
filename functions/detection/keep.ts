import type { SignalsMessage } from '../../shared/alerts/index.ts';
import { defaultDetectionSettings } from '../../shared/detection/index.ts';
import { type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import type { CountMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import type { Outgoing } from '../aws/queue.ts';
import { keepSignals } from '../aws/signals.ts';
import { markMinute } from '../aws/uncounted.ts';
import type { Ports } from './ports.ts';

/** SQS delays no message longer; the sweep asks again anyhow. */
const LONGEST_DELAY = 900;

/**
 * Keeps the signals of a batch, and sees to it that their minutes are counted. In this order: a minute that is counted at a time
 * after now has all that was kept before now.
 */
export async function keep(
  org: OrganisationId,
  messages: readonly SignalsMessage[],
  { now, sendAlertQueue }: Pick<Ports, 'now' | 'sendAlertQueue'>,
  signalDays: number = defaultDetectionSettings.signalDays,
): Promise<void> {
  const minutes = await keepSignals(org, messages, signalDays);
  const kept = now();
  const marked = await allDone(minutes.map((minute) => markMinute(org, minute, kept)));
  const counts = marked.flatMap((one): Outgoing[] => {
    if (!one) return [];
    const body: CountMessage = { kind: 'count', ...one };
    const delaySeconds = Math.min(LONGEST_DELAY, Math.ceil((one.dueAt - kept) / SECOND));
    return [{ body, group: org, delaySeconds }];
  });
  if (counts.length > 0) await sendAlertQueue(counts);
}
