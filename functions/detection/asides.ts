import type { AsideMessage, Change } from '../../shared/alerts/index.ts';
import { type Instant, idOf } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { keepChange } from '../aws/changes.ts';
import { keepRemarks } from './remarks.ts';
import { takenFirst } from './taken.ts';

/** What was said beside alerts, as detection gets it out of its queue. */
export interface QueuedAside extends AsideMessage {
  /** How often it was received, from 1. */
  readonly receives: number;
}

/** Keeps what was said beside alerts. Doing it again changes nothing: each names itself by its key, or by receipt and place. */
export async function keepAsides(message: QueuedAside, now: Instant): Promise<void> {
  const [first] = await takenFirst([message], now);
  if (first === undefined) return;
  const { org, receivedAt } = message;
  await allDone(changesOf(message, now).map((change) => keepChange(org, change, receivedAt)));
  await keepRemarks(message, now);
}

function changesOf(
  { org, integration, source, receipt, changes }: AsideMessage,
  now: Instant,
): readonly Change[] {
  return changes.map(({ key, ...change }, place) => ({
    ...change,
    id: idOf('change', change.at, org, integration, key ?? `${receipt} ${place}`),
    recordedAt: now,
    recordedBy: { kind: 'machine', id: integration, name: source },
  }));
}
