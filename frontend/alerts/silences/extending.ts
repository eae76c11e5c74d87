import type { Duration, Instant } from '../../../shared/kernel/time.ts';
import type { Quiet } from './use-silences.ts';

/** When it ends if it lasts so much longer: than it would, or than now where that is past already. */
export const extendedBy = ({ to }: Pick<Quiet, 'to'>, length: Duration, now: Instant): Instant =>
  Math.max(Date.parse(to), now) + length;

/** Why such an end is none, in words; undefined when it is one. */
export function endFaultOf({ from }: Pick<Quiet, 'from'>, to: Instant, now: Instant): string | undefined {
  if (Number.isNaN(to)) return 'Say a day and a time.';
  if (to <= now) return 'That is past; to end it, press “End now”.';
  return to <= Date.parse(from) ? 'It would end before it begins.' : undefined;
}
