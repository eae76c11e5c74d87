import { type Instant, type IntegrationId, MINUTE, SECOND } from '../kernel/index.ts';
import type { SignalLine } from './counting.ts';

/** How many alerts an integration may send without its owner being told: in a second over a minute, and at once. */
export const rateLimit = { sustained: 100, burst: 1_000 } as const;

/** How long an integration must be below its limit before that is over. */
export const CALM = 5 * MINUTE;

/** What one integration sent in a minute. */
export interface Arrived {
  readonly alerts: number;
  readonly lastAt: Instant;
  /** Whether that was more than its limit: of the whole minute, or of a burst in it. */
  readonly isOver: boolean;
}

const SECONDS = 60;

/** Adds up by integration what was sent in one minute. Lines of an earlier version name none and are left out. */
export class Arrivals {
  readonly #seconds = new Map<IntegrationId, number[]>();
  readonly #last = new Map<IntegrationId, Instant>();

  /** Each line once. */
  add({ integration, receivedAt }: SignalLine): void {
    if (integration === undefined) return;
    let seconds = this.#seconds.get(integration);
    if (seconds === undefined) {
      seconds = Array<number>(SECONDS).fill(0);
      this.#seconds.set(integration, seconds);
    }
    const second = Math.floor(receivedAt / SECOND) % SECONDS;
    seconds[second] = (seconds[second] ?? 0) + 1;
    this.#last.set(integration, Math.max(receivedAt, this.#last.get(integration) ?? 0));
  }

  byIntegration(): readonly (readonly [IntegrationId, Arrived])[] {
    return [...this.#seconds].map(([integration, seconds]) => {
      const alerts = seconds.reduce((sum, count) => sum + count, 0);
      const lastAt = this.#last.get(integration) ?? 0;
      return [integration, { alerts, lastAt, isOver: isOver(seconds, alerts) }];
    });
  }
}

/** A bucket that holds a burst and empties at the sustained rate; and the whole minute, whose bucket begins empty. */
function isOver(seconds: readonly number[], alerts: number): boolean {
  if (alerts > rateLimit.sustained * SECONDS) return true;
  let level = 0;
  return seconds.some((count) => {
    level = Math.max(0, level - rateLimit.sustained) + count;
    return level > rateLimit.burst;
  });
}
