import { RE2JS, RE2JSSyntaxException } from 're2js';
import { type Need, outlineOf, searchable } from './pattern-outline.ts';

/** A pattern that is ready to be run. Time grows linearly with the text. */
export interface Pattern {
  /** Of each of these, one text, as `searchable` makes it, stands where the pattern occurs. */
  readonly needs: readonly Need[];
  /** Whether it is asked without the engine, in much less time. */
  readonly isPlain: boolean;
  /** Whether it occurs. `fold` is the text as `searchable` makes it, for who asks several patterns about one text. */
  test(text: string, fold?: string): boolean;
}

/** Whether a pattern is looked for anywhere, ignoring case, or must be the whole text as it is written. */
export type Reach = 'anywhere' | 'whole';

const MOST = 5_000;
const known: Readonly<Record<Reach, Map<string, Pattern>>> = { anywhere: new Map(), whole: new Map() };

/** Why a pattern is refused, with its position; undefined when it is good. */
export function patternFault(text: string): string | undefined {
  if (outlineOf(text).isKnown) return undefined;
  try {
    RE2JS.compile(text);
    return undefined;
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    const place = fault instanceof RE2JSSyntaxException ? placeOf(fault, text) : undefined;
    const where = place === undefined ? '' : ` at character ${place + 1}`;
    return `is not a pattern that can run in linear time (RE2 syntax; no look-around, no back-references)${where}: ${reason}`;
  }
}

/** How many steps a pattern may take for each character of a text, by its engine's own account; none where it is refused. */
export const patternSize = (text: string): number =>
  patternFault(text) === undefined
    ? RE2JS.compile(text, RE2JS.CASE_INSENSITIVE).matcher('').programSize()
    : 0;

/** Whether the pattern occurs in the text, ignoring case. Time grows linearly with the text. */
export function occurs(pattern: string, text: string): boolean {
  return patternOf(pattern, 'anywhere').test(text);
}

/** A pattern as it can be run. The engine compiles it when a text has what it needs; a warm process keeps what it has compiled. */
export function patternOf(text: string, reach: Reach): Pattern {
  const patterns = known[reach];
  const old = patterns.get(text);
  if (old) return old;
  const pattern = reach === 'anywhere' ? anywhere(text) : whole(text);
  if (patterns.size >= MOST) patterns.clear();
  patterns.set(text, pattern);
  return pattern;
}

function anywhere(pattern: string): Pattern {
  const { needs, ends, steps } = outlineOf(pattern);
  const [first, last] = ends;
  const engine = lazily(() => RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE));
  const wanted = steps?.map(searchable).filter((step) => step !== '');
  return {
    needs,
    isPlain: wanted !== undefined,
    test: (text, fold = searchable(text)) => {
      if (wanted) return stand(wanted, fold);
      if (!fold.startsWith(first) || !fold.endsWith(last)) return false;
      return hasNeeded(needs, fold) && engine().test(text);
    },
  };
}

/** As in Alertmanager: the whole text, case counts, and a dot is no line break. */
function whole(pattern: string): Pattern {
  const { needs, steps } = outlineOf(pattern);
  const engine = lazily(() => RE2JS.compile(`^(?:${pattern})$`));
  return {
    needs,
    isPlain: steps !== undefined,
    test: (text, fold) => {
      if (steps && !text.includes('\n')) return spans(steps, text);
      return (fold === undefined || hasNeeded(needs, fold)) && engine().test(text);
    },
  };
}

function hasNeeded(needs: readonly Need[], fold: string): boolean {
  for (const need of needs) if (!need.some((text) => fold.includes(text))) return false;
  return true;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Whether these stand in one line in this order. The first place is the best, and what is passed over is in no line before, so the text
 * is read once for each of them.
 */
function stand([first = '', ...others]: readonly string[], text: string): boolean {
  for (let start = text.indexOf(first); start >= 0; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    let at = start + first.length;
    let missed: number | undefined;
    for (const step of others) {
      const place = text.indexOf(step, at);
      if (place < 0) return false;
      at = place + step.length;
      if (at > end) missed ??= place;
      if (missed !== undefined) break;
    }
    if (missed === undefined) return true;
    start = text.indexOf(first, text.lastIndexOf('\n', missed) + 1);
  }
  return false;
}

/** Whether these are the whole text with anything between. */
function spans(steps: readonly string[], text: string): boolean {
  const [first = ''] = steps;
  const last = steps.at(-1) ?? '';
  if (steps.length === 1) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  return steps.slice(1, -1).every((step) => {
    const place = text.indexOf(step, at);
    at = place + step.length;
    return place >= 0 && at <= text.length - last.length;
  });
}

/** Where the part stands that the engine complains of; of an unclosed bracket, the bracket. */
function placeOf(fault: RE2JSSyntaxException, text: string): number | undefined {
  const part = fault.getPattern();
  if (part === null || part === '') return undefined;
  if (part !== text) return Math.max(0, text.lastIndexOf(part));
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') open.push(at);
    else if (text[at] === ')' && open.pop() === undefined) return at;
  }
  return open.at(-1) ?? 0;
}
