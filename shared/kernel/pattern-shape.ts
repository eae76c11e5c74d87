import type { RE2JS } from 're2js';
import { digest } from './digest.ts';
import type { Step } from './pattern-visits.ts';

const [FIRST, LAST] = [48, 57];

/**
 * What patterns have in common that differ in digits alone, as `host-17` and `host-24`: their automata are the same but for the names of the
 * digits. So it is where every class of characters has all digits or none.
 */
export function shapeOf(compiled: RE2JS): string {
  const { prog, dfa } = compiled.re2Input;
  const steps = prog.inst as readonly Step[];
  const isAlike = steps.every(
    ({ runes }) => digitOf(runes) !== undefined || [0, 10].includes(digitsIn(runes)),
  );
  const names = new Map<number, number>();
  const nameOf = (digit: number): number => {
    const name = names.get(digit) ?? names.size;
    names.set(digit, name);
    return name;
  };
  const told = steps.map(({ op, out, arg, runes }) => {
    const digit = isAlike ? digitOf(runes) : undefined;
    return [op, out, arg, ...(digit === undefined ? Array.from(runes) : ['digit', nameOf(digit)])];
  });
  // Digits beside each other make fewer kinds of characters than others, and so smaller tables.
  return digest('shape', JSON.stringify([prog.start, dfa.numClasses, told]));
}

/** The one digit that a step reads. */
function digitOf({ length, 0: first = -1, 1: last = first }: ArrayLike<number>): number | undefined {
  const isOne = (length === 1 || length === 2) && first === last;
  return isOne && FIRST <= first && first <= LAST ? first : undefined;
}

function digitsIn(runes: ArrayLike<number>): number {
  let digits = 0;
  for (let i = 0; i < runes.length; i += 2) {
    const [low = 0, high = low] = [runes[i], runes[i + 1]];
    digits += Math.max(0, Math.min(high, LAST) - Math.max(low, FIRST) + 1);
  }
  return digits;
}
