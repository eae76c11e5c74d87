import type { Channel } from '../incidents/index.ts';
import { type Duration, type Instant, MINUTE, SECOND } from '../kernel/index.ts';

/** What is known of a provider of pages that failed lately. It only ever decides which channel comes first. */
export interface ProviderHealth {
  readonly version: number;
  /** In a row, none long after the one before. */
  readonly failures: number;
  readonly failedAt: Instant;
  /** Since when it is known to be down. */
  readonly downSince?: Instant;
  /** While it is known to be down, who has another channel is spared it until then. */
  readonly tryAt?: Instant;
}

/** `try`: it is known to be down, and time that one page finds out whether it still is. */
export type Standing = 'up' | 'down' | 'try';

/** So many failures in a row make a provider known to be down. */
export const FAILURES = 3;
/** A failure so long after the one before is no row. */
export const ROW: Duration = 2 * MINUTE;
/** One page that finds out has this long, which is longer than a request takes. */
export const TRIAL: Duration = 15 * SECOND;
const SHORTEST: Duration = 30 * SECOND;
const LONGEST: Duration = 2 * MINUTE;

/** Which provider an address belongs to: what fails for one address there fails for the others. */
export function providerOf(channel: Channel, address: string | undefined): string {
  const hasHost = channel === 'teams' || channel === 'webhook';
  return hasHost && address !== undefined ? `${channel} ${new URL(address).host}` : channel;
}

/** Whether pages should go by a provider now. */
export function standingOf(health: ProviderHealth | undefined, now: Instant): Standing {
  if (health?.downSince === undefined) return 'up';
  return now < (health.tryAt ?? now) ? 'down' : 'try';
}

/** It did not work once more: after a row it is known to be down, and asked again after half of that time. */
export function afterFailure(health: ProviderHealth | undefined, now: Instant): ProviderHealth {
  const { version = 0, failures = 0, failedAt = now, downSince } = health ?? {};
  const isRow = downSince !== undefined || now - failedAt <= ROW;
  const row = isRow ? failures + 1 : 1;
  const common = { version: version + 1, failures: row, failedAt: now };
  if (downSince === undefined && row < FAILURES) return common;
  const since = downSince ?? now;
  const pause = Math.min(LONGEST, Math.max(SHORTEST, (now - since) / 2));
  return { ...common, downSince: since, tryAt: now + Math.floor(pause) };
}

/** It worked; undefined when that is nothing new. */
export function afterSuccess(health: ProviderHealth | undefined, now: Instant): ProviderHealth | undefined {
  if (!health || health.failures === 0) return undefined;
  return { version: health.version + 1, failures: 0, failedAt: Math.min(health.failedAt, now) };
}

/** One page takes it on to find out; the others go on sparing it meanwhile. */
export function beginTrial(health: ProviderHealth, now: Instant): ProviderHealth {
  return { ...health, version: health.version + 1, tryAt: now + TRIAL };
}
