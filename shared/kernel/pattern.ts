import { RE2JS, RE2JSSyntaxException } from 're2js';
import { type Need, outlineOf, searchable } from './pattern-outline.ts';
import { type PlainPattern, plainPattern } from './plain-pattern.ts';
import { plainSearch } from './plain-search.ts';

/** A pattern that is ready to be run. Time grows linearly with the text. */
export interface Pattern {
  /** Of each of these, one text, as `searchable` makes it, stands where the pattern occurs. */
  readonly needs: readonly Need[];
  /** Whether it is asked without the engine, in so little time that 10,000 may be. */
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
  const { needs, ends } = outlineOf(pattern);
  const [first, last] = ends;
  const plain = plainPattern(pattern, 'anywhere');
  if (plain) {
    const search = plainSearch(plain);
    return { needs, isPlain: isShort(plain), test: (text, fold = searchable(text)) => search(fold) };
  }
  const engine = lazily(() => RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE));
  return {
    needs,
    isPlain: false,
    test: (text, fold = searchable(text)) => {
      if (!fold.startsWith(first) || !fold.endsWith(last)) return false;
      return hasNeeded(needs, fold) && engine().test(text);
    },
  };
}

/** As in Alertmanager: the whole text, case counts, and a dot is no line break. */
function whole(pattern: string): Pattern {
  const { needs } = outlineOf(pattern);
  const plain = plainPattern(pattern, 'whole');
  if (plain) return { needs, isPlain: isShort(plain), test: plainSearch(plain) };
  const engine = lazily(() => RE2JS.compile(`^(?:${pattern})$`));
  return {
    needs,
    isPlain: false,
    test: (text, fold) => (fold === undefined || hasNeeded(needs, fold)) && engine().test(text),
  };
}

const MOST_TEXTS = 4;

const isShort = ({ parts }: PlainPattern): boolean =>
  parts.every((part) => part.every((piece) => !('texts' in piece) || piece.texts.length <= MOST_TEXTS));

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
