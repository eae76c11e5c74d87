import { type HeldAlert, isWaitingPart, type KeeperId } from '../alerts/index.ts';
import { type Duration, type Instant, MINUTE } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import type { AlertInBatch } from './batch.ts';
import { isHeldNow } from './suppressed.ts';
import { waitingPart, waitsAt, waitsSince } from './waits.ts';

/** So long after a change nobody decides by what was before: whoever did has ended, or was ended. */
export const NOBODY_BEHIND: Duration = 2 * MINUTE;

/** What was held back of one alert and may go free now, or waits and may go elsewhere. */
export interface HeldAgain {
  readonly quiet: KeeperId;
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

/** Of which alerts it is read what waits for a threshold: of those that it is asked of. */
export function waitingAgain(
  alerts: readonly AlertInBatch[],
  heads: ReadonlyMap<string, AlertHead>,
): readonly HeldAgain[] {
  return alerts.flatMap(({ fingerprint, askedAt, asksWaiting }) =>
    asksWaiting && askedAt !== undefined && waitsSince(heads.get(fingerprint)) !== undefined
      ? [{ quiet: waitingPart(fingerprint), fingerprint, askedAt }]
      : [],
  );
}

/** What was held back as it counts now: what is asked after comes when it is, so all that a quiet held back is one storm. */
export function asItComes(held: HeldAlert, { askedAt }: HeldAgain): HeldAlert {
  return askedAt === undefined ? held : { ...held, from: { ...held.from, receivedAt: askedAt } };
}

/** Whether what was kept of an alert is of no use any more when it was asked after: it is over, or counts, and nobody writes otherwise. */
export const isHeldInVain = (
  { held, keptAt }: { readonly held: HeldAlert; readonly keptAt: Instant },
  head: AlertHead | undefined,
  askedAt: Instant,
): boolean => head !== undefined && keptAt <= askedAt - NOBODY_BEHIND && !isHeldStill(held, head);

/** Whether what was kept of an alert is held back, or waits, by now. */
export const isHeldStill = ({ quiet, signal }: HeldAlert, head: AlertHead): boolean =>
  isWaitingPart(quiet) ? waitsAt(head, signal.at) : isHeldNow(head);
