import type { Duration, Instant } from '../../shared/kernel/index.ts';

interface Bucket {
  left: number;
  at: Instant;
}

/** How often something may be done under one name: so many at once, and then one in each time. Bounded: it forgets the oldest name. */
export class Pace {
  readonly #buckets = new Map<string, Bucket>();
  readonly #atOnce: number;
  readonly #each: Duration;
  readonly #names: number;

  constructor(atOnce: number, each: Duration, names = 10_000) {
    this.#atOnce = atOnce;
    this.#each = each;
    this.#names = names;
  }

  /** Whether it may be done now; if so, it counts. */
  allows(name: string, now: Instant): boolean {
    const bucket = this.#buckets.get(name) ?? this.#made(name, now);
    const more = Math.floor((now - bucket.at) / this.#each);
    if (more > 0) {
      bucket.left = Math.min(this.#atOnce, bucket.left + more);
      bucket.at += more * this.#each;
    }
    if (bucket.left === 0) return false;
    // Of a full bucket the time begins anew, or one that rested would fill up at once.
    if (bucket.left === this.#atOnce) bucket.at = now;
    bucket.left -= 1;
    return true;
  }

  #made(name: string, now: Instant): Bucket {
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size >= this.#names && oldest !== undefined) this.#buckets.delete(oldest);
    const bucket = { left: this.#atOnce, at: now };
    this.#buckets.set(name, bucket);
    return bucket;
  }
}
