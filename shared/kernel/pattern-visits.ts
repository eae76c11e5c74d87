import type { RE2JS } from 're2js';

/** A step of a pattern as the engine compiles it: what it is, and the one or two that follow. */
export interface Step {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
}

/** As the engine numbers them. */
const [ALTERNATIVE, ALTERNATIVE_OF_MATCH, CAPTURE, EDGE, FAIL, MATCH, NOTHING] = [1, 2, 3, 4, 5, 6, 7];
const [ONE_OF, ONE, ANY, ANY_OF_LINE] = [8, 9, 10, 11];
const BEGINNING_OF_TEXT = 4;
/** Steps behind which a match begins with the same character. */
const passed: readonly number[] = [CAPTURE, EDGE, NOTHING];

const readers: readonly number[] = [ONE_OF, ONE, ANY, ANY_OF_LINE];

/** How many characters before a step there may be: at least, and at most. */
type Span = readonly [least: number, most: number];

/** How many steps of a pattern are tried at most: for each character of a text, and besides once in it. */
export interface Visits {
  readonly each: number;
  readonly once: number;
}

/**
 * Counts the steps that are tried. The engine tries each once at each place of a text. One that is reached after so many characters only, no
 * more and no fewer, is tried as often as the pattern may begin: once in a text, or no more often than the text with which it begins fits behind
 * itself.
 */
export function visitsOf(compiled: RE2JS): Visits {
  const { prog } = compiled.re2Input;
  const steps = prog.inst as readonly Step[];
  const isBound = (prog.startCond() & BEGINNING_OF_TEXT) !== 0;
  const spans = [...spansOf(steps, prog.start).values()].map(([least, most]) => most - least + 1);
  const isEndless = (span: number) => span === Number.POSITIVE_INFINITY;
  if (isBound) {
    const ended = spans.filter((span) => !isEndless(span));
    return { each: spans.length - ended.length, once: ended.reduce((all, span) => all + span, 0) };
  }
  const beginning = beginningOf(steps, prog.start);
  const apart = periodOf(beginning);
  const each = spans.reduce((all, span) => all + Math.min(1, span / apart), begunAtOnce(beginning));
  return { each, once: 0 };
}

const nextOf = ({ op, out, arg }: Step): readonly number[] => {
  if (op === FAIL || op === MATCH) return [];
  return op === ALTERNATIVE || op === ALTERNATIVE_OF_MATCH ? [out, arg] : [out];
};

/** How many characters there may be before each step that can be reached; without end for those that are in a circle or behind one. */
function spansOf(steps: readonly Step[], start: number): ReadonlyMap<number, Span> {
  const reached = new Set([start]);
  const before = new Map<number, number>();
  for (const at of reached)
    for (const next of nextOf(steps[at] as Step)) {
      before.set(next, (before.get(next) ?? 0) + 1);
      reached.add(next);
    }
  const spans = new Map<number, Span>([...reached].map((at) => [at, [0, Number.POSITIVE_INFINITY]]));
  if (before.has(start)) return spans;
  const known = new Map<number, Span>([[start, [0, 0]]]);
  const ready = [start];
  for (const at of ready) {
    const span = known.get(at) ?? [0, 0];
    spans.set(at, span);
    const step = steps[at] as Step;
    const length = readers.includes(step.op) ? 1 : 0;
    for (const next of nextOf(step)) {
      const [least, most] = known.get(next) ?? [Number.POSITIVE_INFINITY, 0];
      known.set(next, [Math.min(least, span[0] + length), Math.max(most, span[1] + length)]);
      const left = (before.get(next) ?? 1) - 1;
      before.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return spans;
}

/** The characters with which a match must begin, one after the other. */
function beginningOf(steps: readonly Step[], start: number): string {
  let text = '';
  for (let at = start; ; ) {
    const step = steps[at] as Step;
    const [char, ...others] = Array.from(step.runes);
    if ((step.op === ONE || step.op === ONE_OF) && char !== undefined && others.length === 0)
      text += String.fromCodePoint(char).toLowerCase();
    else if (!passed.includes(step.op)) return text;
    at = step.out;
  }
}

/** How often at most a text may have begun and not ended at one place. */
function begunAtOnce(text: string): number {
  const borders = [0];
  const depths = [1];
  for (let at = 1; at < text.length; at++) {
    let border = borders[at - 1] ?? 0;
    while (border > 0 && text[at] !== text[border]) border = borders[border - 1] ?? 0;
    if (text[at] === text[border]) border++;
    borders.push(border);
    depths.push(border === 0 ? 1 : 1 + (depths[border - 1] ?? 0));
  }
  return Math.max(...depths);
}

/** How far from each other a text can stand at least; 1 when it is empty. */
export function periodOf(text: string): number {
  for (let by = 1; by < text.length; by++) if (text.startsWith(text.slice(by))) return by;
  return Math.max(1, text.length);
}
