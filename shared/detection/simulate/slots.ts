import type { Instant } from '../../kernel/index.ts';
import type { Slot } from '../threshold.ts';

/** What counts for thresholds, by the hash of the key; what has run out is forgotten, as the table forgets it. */
export class Slots {
  readonly byHash = new Map<string, readonly Slot[]>();
  readonly #expiry = new Map<string, Instant>();

  put(hash: string, slot: Slot, expiresAt: Instant, now: Instant): void {
    this.#expiry.set(`${hash} ${slot.slot}`, expiresAt);
    const others = (this.byHash.get(hash) ?? []).filter(
      (old) => old.slot !== slot.slot && (this.#expiry.get(`${hash} ${old.slot}`) ?? 0) > now,
    );
    this.byHash.set(hash, [...others, slot]);
  }
}
