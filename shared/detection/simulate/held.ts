import type { HeldAlert, HolderId, KeeperId } from '../../alerts/index.ts';
import type { Instant } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { AlertInBatch } from '../batch.ts';
import { asItComes, heldAgain, isHeldInVain } from '../held-again.ts';

/** What was held back, by what and of which alert: what are rows beside the heads in the table. */
export class Held {
  readonly #byHolder = new Map<KeeperId, Map<string, HeldAlert>>();

  /** Never in place of what is newer: a firing that comes late may be held back by what holds a later one, too. */
  put(held: HeldAlert): void {
    const own = this.#byHolder.get(held.quiet) ?? new Map<string, HeldAlert>();
    this.#byHolder.set(held.quiet, own);
    const { fingerprint, at } = held.signal;
    const before = own.get(fingerprint);
    if (!before || before.signal.at <= at) own.set(fingerprint, held);
  }

  /** The alerts that one held back, in the order in which they are looked at again. */
  of(holder: HolderId): readonly string[] {
    return [...(this.#byHolder.get(holder)?.keys() ?? [])].sort();
  }

  /** Forgets what one held back of alerts that are over or count by now. */
  tidy(holder: HolderId, heads: ReadonlyMap<string, AlertHead>, askedAt: Instant): void {
    const own = this.#byHolder.get(holder);
    for (const [fingerprint, held] of own ?? [])
      if (isHeldInVain({ held, keptAt: held.from.receivedAt }, heads.get(fingerprint), askedAt))
        own?.delete(fingerprint);
  }

  /** What is read for a decision on these alerts. */
  load(
    alerts: readonly AlertInBatch[],
    heads: ReadonlyMap<string, AlertHead>,
  ): ReadonlyMap<string, HeldAlert> {
    return new Map(
      heldAgain(alerts, heads).flatMap((again) => {
        const held = this.#byHolder.get(again.quiet)?.get(again.fingerprint);
        return held ? [[again.fingerprint, asItComes(held, again)] as const] : [];
      }),
    );
  }
}
