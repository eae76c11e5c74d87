import type { Quiet } from '../../alerts/index.ts';
import { type Incident, keptStill } from '../../incidents/index.ts';
import type { Instant } from '../../kernel/index.ts';

/**
 * Whether maintenance keeps both still or neither. What fires and wakes somebody would wake nobody in an incident that waits for the
 * end of maintenance, and what waits would wake somebody in the other; so those two stay two.
 */
export function isStillAlike(
  one: Pick<Incident, 'service' | 'reached'>,
  other: Pick<Incident, 'service' | 'reached'>,
  quiets: readonly Quiet[],
  now: Instant,
): boolean {
  return (keptStill(one, quiets, now) === undefined) === (keptStill(other, quiets, now) === undefined);
}
