import type { LoggedFact } from '../incidents/index.ts';
import type { Duration, Instant } from '../kernel/index.ts';

/** A stretch in which an incident was resolved, until it was opened again: nobody suffered, and nobody had to answer. */
export interface Rest {
  readonly from: Instant;
  readonly to: Instant;
}

/** The rests of a log. */
export function restsOf(facts: readonly LoggedFact[]): readonly Rest[] {
  const rests: Rest[] = [];
  let from: Instant | undefined;
  for (const { type, occurredAt: at } of facts) {
    if (type === 'incident.resolved') from ??= at;
    if (type !== 'incident.reopened') continue;
    if (from !== undefined && at > from) rests.push({ from, to: at });
    from = undefined;
  }
  return rests;
}

/** How much of a stretch was rest. */
export const restedIn = (rests: readonly Rest[], from: Instant, to: Instant): Duration =>
  rests.reduce((sum, rest) => sum + Math.max(0, Math.min(to, rest.to) - Math.max(from, rest.from)), 0);
