import { useState } from 'react';
import { type Instant, SECOND } from '../../shared/kernel/index.ts';

/** The part of the time that is drawn. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** What the drawing shows is never shorter than this. */
const SHORTEST = 2 * SECOND;

/** The part of a timeline that is looked at: the whole at first, then what the reader makes of it. */
export function useView(whole: Span) {
  const [chosen, setChosen] = useState<Span>();
  const { from, to } = chosen ?? whole;
  const length = to - from;
  const show = (next: Span) => setChosen(within(next, whole));
  return {
    from,
    to,
    isWhole: chosen === undefined,
    /** Half as much time, or twice as much, around the middle or a place in it from 0 to 1. */
    zoom: (factor: number, place = 0.5) => {
      const wanted = Math.max(SHORTEST, length * factor);
      const middle = from + length * place;
      show({ from: middle - wanted * place, to: middle + wanted * (1 - place) });
    },
    /** Along the time, by parts of what is shown: −0.25 is a quarter back. */
    move: (by: number) => show({ from: from + length * by, to: to + length * by }),
    all: () => setChosen(undefined),
  };
}

export type TimeView = ReturnType<typeof useView>;

/** A stretch pushed back into the whole; undefined when it is all of it. */
function within({ from, to }: Span, whole: Span): Span | undefined {
  const length = Math.min(to - from, whole.to - whole.from);
  if (length >= whole.to - whole.from) return undefined;
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}
