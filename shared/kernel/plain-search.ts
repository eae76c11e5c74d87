import type { Piece, PlainPattern } from './plain-pattern.ts';

type Part = readonly Piece[];
type Texts = readonly string[];
/** Something that a text either has or has not. */
type Test = (text: string) => boolean;

/** How a pattern is looked for. What is asked is read once for each of its texts, however long it is. */
export function plainSearch({ parts, isFirst, isLast }: PlainPattern): Test {
  const [only = []] = parts;
  if (only.some((piece) => 'run' in piece)) return isFirst ? along(only, isLast) : anywhere(only, isLast);
  const steps = parts.map(textsOf);
  if (parts.length === 1) return one(textsOf(only), isFirst, isLast);
  return isFirst || isLast
    ? inOneLine(steps, isFirst, isLast)
    : inSomeLine(steps.filter((texts) => !texts.includes('')));
}

const textsOf = ([piece]: Part): Texts => (piece && 'texts' in piece ? piece.texts : ['']);

function one(texts: Texts, isFirst: boolean, isLast: boolean): Test {
  if (isFirst && isLast) return (text) => texts.includes(text);
  if (isFirst) return (text) => texts.some((part) => text.startsWith(part));
  if (isLast) return (text) => texts.some((part) => text.endsWith(part));
  const [single = ''] = texts;
  return texts.length === 1
    ? (text) => text.includes(single)
    : (text) => texts.some((part) => text.includes(part));
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

/** A step along a text: over this, or over as many of these characters as there are. */
type Step = string | Uint8Array;

function stepOf(piece: Piece): Step {
  if ('texts' in piece) return piece.texts[0] ?? '';
  const isIn = new Uint8Array(128);
  for (const char of piece.run) isIn[char.charCodeAt(0)] = 1;
  return isIn;
}

/** Where the steps end that begin here; -1 when one cannot be made. */
function wayFrom(steps: readonly Step[], text: string, start: number): number {
  let at = start;
  for (const step of steps) {
    const begin = at;
    if (typeof step === 'string') {
      if (!text.startsWith(step, at)) return -1;
      at += step.length;
    } else {
      while (step[text.charCodeAt(at)] === 1) at++;
      if (at === begin) return -1;
    }
  }
  return at;
}

function along(part: Part, isLast: boolean): Test {
  const steps = part.map(stepOf);
  return (text) => {
    const end = wayFrom(steps, text, 0);
    return isLast ? end === text.length : end >= 0;
  };
}

function anywhere(part: Part, isLast: boolean): Test {
  const [begin = '', ...steps] = part.map(stepOf);
  if (typeof begin !== 'string') throw new Error('A search anywhere begins with a text');
  return (text) => {
    for (let start = text.indexOf(begin); start >= 0; start = text.indexOf(begin, start + 1)) {
      const end = wayFrom(steps, text, start + begin.length);
      if (isLast ? end === text.length : end >= 0) return true;
    }
    return false;
  };
}
