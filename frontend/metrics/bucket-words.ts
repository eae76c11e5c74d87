import type { Dashboard } from './use-dashboard.ts';

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** `3 Aug`. */
export const dayWords = (at: string): string => day.format(new Date(at));

/** `3 Aug`, or `Week of 3 Aug`. */
export function bucketWords(
  { from }: Pick<Dashboard['trend']['buckets'][number], 'from'>,
  step: Dashboard['trend']['step'],
): string {
  return step === 'week' ? `Week of ${dayWords(from)}` : dayWords(from);
}
