import { DAY, type Instant, monthOf } from '../kernel/index.ts';
import { monthsBack } from './listing.ts';

/** A part of the past inside one month (`2026-11`), by which the history is kept; `to` is not in it. */
export interface Slice {
  readonly month: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** A stretch cut at its months, and each of those into equal parts, so that about so many can be read side by side. */
export function slicesOf(
  { from, to }: { readonly from: Instant; readonly to: Instant },
  wanted: number,
): readonly Slice[] {
  const months = monthsBack(to - 1, from);
  const parts = Math.max(1, Math.floor(wanted / months.length));
  return months.flatMap((month) => {
    const [begin, end] = [Math.max(from, startOf(month)), Math.min(to, endOf(month))];
    const edge = (part: number) => begin + Math.floor(((end - begin) * part) / parts);
    const slices = Array.from({ length: parts }, (_, part) => ({
      ...{ month, from: edge(part), to: edge(part + 1) },
    }));
    return slices.filter((slice) => slice.from < slice.to);
  });
}

const startOf = (month: string): Instant => Date.parse(`${month}-01T00:00:00Z`);

const endOf = (month: string): Instant => startOf(monthOf(startOf(month) + 32 * DAY));
