import type { HeldAlert, HolderId } from '../alerts/index.ts';
import { type Duration, type Instant, MINUTE } from '../kernel/index.ts';
import { type AlertHead, isActive } from './alert-head.ts';
import type { AlertInBatch } from './batch.ts';
import { isHeldBack } from './suppressed.ts';

/** So long after a change nobody decides by what was before: whoever did has ended, or was ended. */
export const NOBODY_BEHIND: Duration = 2 * MINUTE;

/** What was held back of one alert and may go free now. */
export interface HeldAgain {
  readonly quiet: HolderId;
  readonly fingerprint: string;
  /** When it was asked after, where nobody said anything. */
  readonly askedAt?: Instant;
}

/** Of which alerts of a batch it is read what was held back: of those that are asked after, and of those that were resolved. */
export function heldAgain(
  alerts: readonly AlertInBatch[],
  heads: ReadonlyMap<string, AlertHead>,
): readonly HeldAgain[] {
  return alerts.flatMap(({ fingerprint, askedAt, others }) => {
    const suppressed = heads.get(fingerprint)?.suppressed;
    const mayGo = askedAt !== undefined || others.some(({ signal }) => signal.state === 'resolved');
    if (!suppressed || !mayGo) return [];
    return [{ quiet: suppressed.by, fingerprint, ...(askedAt !== undefined && { askedAt }) }];
  });
}

/** What was held back as it counts now: what is asked after comes when it is, so all that a quiet held back is one storm. */
export function asItComes(held: HeldAlert, { askedAt }: HeldAgain): HeldAlert {
  return askedAt === undefined ? held : { ...held, from: { ...held.from, receivedAt: askedAt } };
}

/** Whether what was kept of an alert is of no use any more when it was asked after: it is over, or counts, and nobody writes otherwise. */
export const isHeldInVain = ({ from }: HeldAlert, head: AlertHead | undefined, askedAt: Instant): boolean =>
  head !== undefined && from.receivedAt <= askedAt - NOBODY_BEHIND && !(isActive(head) && isHeldBack(head));
