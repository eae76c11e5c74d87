import type { AlertHead } from '../alert-head.ts';
import { countsAt } from './received.ts';
import type { Told } from './record.ts';
import { timeWords } from './words.ts';

/** That it waited before, and what had it placed. */
export function movedLines(
  head: AlertHead | undefined,
  told: Told,
  done: 'placed' | 'recorded' = 'placed',
): readonly string[] {
  const { moved } = head ?? {};
  return moved?.why !== undefined && moved.at === countsAt({ ...(head && { head }) }, told)
    ? [
        `It had waited before that (${moved.why}), until the rules were changed; by those it was ${done} at ${timeWords(moved.placedAt)}.`,
      ]
    : [];
}
