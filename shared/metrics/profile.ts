import type { Sample } from './sample.ts';
import { type Told, tooFew, weeksOf } from './trend.ts';
import type { Zone } from './zone.ts';

/** The incidents that were opened in one hour of the week. */
export interface Cell {
  /** From 0, Monday. */
  readonly weekday: number;
  readonly hour: number;
  readonly samples: readonly Sample[];
}

/** When in the week incidents are opened; hours without any are left out. Hidden when there are too few. */
export function profileOf(samples: readonly Sample[], zone: Zone): Told<{ readonly cells: readonly Cell[] }> {
  const why = tooFew(samples.length, weeksOf(samples));
  if (why !== undefined) return { shown: false, why };
  const cells = new Map<number, Sample[]>();
  for (const sample of samples) {
    const { weekday, hour } = zone.local(sample.openedAt);
    const place = weekday * 24 + hour;
    const cell = cells.get(place);
    if (cell) cell.push(sample);
    else cells.set(place, [sample]);
  }
  const told = [...cells].sort(([a], [b]) => a - b);
  return {
    shown: true,
    cells: told.map(([place, inside]) => ({
      weekday: Math.floor(place / 24),
      hour: place % 24,
      samples: inside,
    })),
  };
}
