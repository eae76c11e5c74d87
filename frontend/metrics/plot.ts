import { scaleLinear } from 'd3-scale';
import { DAY, type Duration, HOUR, MINUTE } from '../../shared/kernel/time.ts';

/** A tick of an axis of lengths. */
export interface Tick {
  readonly at: number;
  readonly words: string;
}

/** Round lengths up to the longest, in the unit that fits. */
export function lengthTicks(longest: Duration, count = 4): readonly Tick[] {
  const [unit, name] =
    longest < 3 * HOUR
      ? ([MINUTE, 'min'] as const)
      : longest < 3 * DAY
        ? ([HOUR, 'h'] as const)
        : ([DAY, 'd'] as const);
  const ticks = scaleLinear([0, Math.max(longest, MINUTE) / unit], [0, 1]).ticks(count);
  return ticks.map((value) => ({ at: value * unit, words: `${value} ${name}` }));
}

/** A place in a plot, by pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Lines through the spots that follow each other without a gap; a lone one is a line of no length. */
export function pathThrough(spots: readonly (Spot | undefined)[]): string {
  let drawing = false;
  return spots
    .map((spot) => {
      if (spot === undefined) {
        drawing = false;
        return '';
      }
      const command = drawing ? 'L' : 'M';
      drawing = true;
      return `${command}${spot.x.toFixed(1)} ${spot.y.toFixed(1)}`;
    })
    .join('');
}
