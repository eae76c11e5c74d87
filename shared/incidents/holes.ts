import { type Instant, SECOND } from '../kernel/index.ts';

/** How long a number may be missing before whoever notices closes it with a void fact. */
export const HOLE_PATIENCE = 3 * SECOND;

/**
 * The numbers missing below known facts for long enough: those whose next known fact was recorded more than 3 s ago.
 * `facts` in any order; `after` is the last number already read.
 */
export function holesToClose(
  facts: readonly { readonly seq: number; readonly recordedAt: Instant }[],
  now: Instant,
  after = 0,
): readonly number[] {
  const sorted = [...facts].sort((a, b) => a.seq - b.seq);
  const holes: number[] = [];
  let expected = after + 1;
  for (const { seq, recordedAt } of sorted) {
    for (let hole = expected; hole < seq; hole++) {
      if (now - recordedAt >= HOLE_PATIENCE) holes.push(hole);
    }
    expected = Math.max(expected, seq + 1);
  }
  return holes;
}
