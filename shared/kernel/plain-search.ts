import type { Piece, PlainPattern } from './plain-pattern.ts';

type Texts = readonly string[];
/** Something that a text either has or has not. */
type Test = (text: string) => boolean;

/**
 * How a pattern is looked for that is texts with `.*` between them: a text is read once for each of them. undefined where it is more, and
 * where V8 looks for several texts at once.
 */
export function plainSearch({ pieces, isFirst, isLast }: PlainPattern): Test | undefined {
  const steps = stepsOf(pieces);
  if (!steps) return undefined;
  if (steps.length > 1)
    return isFirst || isLast
      ? inOneLine(steps, isFirst, isLast)
      : inSomeLine(steps.filter((texts) => !texts.includes('')));
  const [texts = ['']] = steps;
  const [text = ''] = texts;
  if (isFirst && isLast) return (whole) => texts.includes(whole);
  if (isFirst) return (whole) => texts.some((one) => whole.startsWith(one));
  if (isLast) return (whole) => texts.some((one) => whole.endsWith(one));
  return texts.length === 1 ? (whole) => whole.includes(text) : undefined;
}

/** The texts before, between and behind the gaps; undefined where something else stands there, or too many texts. */
function stepsOf(pieces: readonly Piece[]): readonly Texts[] | undefined {
  const steps: Texts[] = [];
  let texts: Texts | undefined;
  for (const piece of pieces) {
    if (piece.is === 'gap') {
      steps.push(texts ?? ['']);
      texts = undefined;
    } else if (piece.is !== 'texts' || texts) return undefined;
    else texts = piece.texts;
  }
  return [...steps, texts ?? ['']];
}

/** The shortest of these leaves the most to what stands beside it; undefined where none is there. */
const shortest = (texts: Texts, isThere: Test): number | undefined => {
  const lengths = texts.filter(isThere).map(({ length }) => length);
  return lengths.length === 0 ? undefined : Math.min(...lengths);
};

/** In the first line, the last one or the only one. */
function inOneLine(steps: readonly Texts[], isFirst: boolean, isLast: boolean): Test {
  const between = steps.slice(isFirst ? 1 : 0, isLast ? -1 : undefined);
  const [first, last] = [isFirst ? (steps[0] ?? []) : [''], isLast ? (steps.at(-1) ?? []) : ['']];
  return (text) => {
    const line = isFirst ? 0 : text.lastIndexOf('\n') + 1;
    const lineEnd = isLast ? text.length : endOfLine(text, line);
    if (isFirst && isLast && text.includes('\n')) return false;
    const before = shortest(first, (one) => text.startsWith(one, line));
    const after = shortest(last, (one) => (isLast ? text.endsWith(one) : true));
    if (before === undefined || after === undefined) return false;
    let at = line + before;
    for (const texts of between) {
      at = endOf(texts, text, at);
      if (at === NOWHERE) return false;
    }
    return at <= lineEnd - after;
  };
}

/** Lines that are looked at before it is remembered where each text stood, which few texts are worth. */
const FEW_LINES = 4;

/**
 * In one line in this order. The place that ends first is the best, and what is passed over is in no line before: so nobody looks behind
 * again, and what many lines are asked for is remembered.
 */
function inSomeLine(steps: readonly Texts[]): Test {
  const [first, ...others] = steps;
  if (first === undefined) return () => true;
  return (text) => {
    let seen: number[][] = [];
    for (let from = 0, lines = 1; ; lines++) {
      if (lines === FEW_LINES) seen = steps.map((texts) => texts.map(() => -1));
      let end = endOf(first, text, from, seen[0]);
      if (end === NOWHERE) return false;
      const line = endOfLine(text, end);
      for (let i = 0; i < others.length && end <= line; i++)
        end = endOf(others[i] ?? [], text, end, seen[i + 1]);
      if (end <= line) return true;
      if (end === NOWHERE) return false;
      from = text.lastIndexOf('\n', end - 1) + 1;
    }
  };
}

const NOWHERE = Number.POSITIVE_INFINITY;

function endOfLine(text: string, at: number): number {
  const place = text.indexOf('\n', at);
  return place < 0 ? text.length : place;
}

/** Where the first of these ends from a place on; `seen` has where each of them stood when it was last looked for. */
function endOf(texts: Texts, text: string, at: number, seen?: number[]): number {
  let end = NOWHERE;
  for (let i = 0; i < texts.length; i++) {
    const one = texts[i] ?? '';
    const known = seen?.[i] ?? -1;
    const place = known < at ? placeOf(one, text, at) : known;
    if (seen) seen[i] = place;
    end = Math.min(end, place + one.length);
  }
  return end;
}

function placeOf(one: string, text: string, at: number): number {
  const place = text.indexOf(one, at);
  return place < 0 ? NOWHERE : place;
}
