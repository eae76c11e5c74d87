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

/**
 * The facts up to the first number whose writer may still be at work, in the order of their numbers: for who reads and may not close
 * holes, which passes over those that are old enough to be closed.
 */
export function withoutYoungGap<Fact extends { readonly seq: number; readonly recordedAt: Instant }>(
  facts: readonly Fact[],
  now: Instant,
): readonly Fact[] {
  const sorted = [...facts].sort((a, b) => a.seq - b.seq);
  const young = sorted.findIndex(
    ({ seq, recordedAt }, i) => seq !== (sorted[i - 1]?.seq ?? 0) + 1 && now - recordedAt < HOLE_PATIENCE,
  );
  return young < 0 ? sorted : sorted.slice(0, young);
}

/** The facts up to the first missing number, in the order of their numbers. */
export function withoutGap<Numbered extends { readonly seq: number }>(
  facts: readonly Numbered[],
  after = 0,
): readonly Numbered[] {
  const sorted = [...facts].sort((a, b) => a.seq - b.seq);
  const gap = sorted.findIndex(({ seq }, i) => seq !== after + 1 + i);
  return gap < 0 ? sorted : sorted.slice(0, gap);
}
