import { RE2JS } from 're2js';
import { wholly } from './pattern-fault.ts';
import { type Need, outlineOf, searchable } from './pattern-outline.ts';
import { type PlainPattern, plainPattern, type Reach } from './plain-pattern.ts';
import { plainSearch } from './plain-search.ts';
import { surePattern } from './sure-pattern.ts';

/** A pattern that is ready to be run. Time grows linearly with the text. */
export interface Pattern {
  /** Of each of these, one text, as `searchable` makes it, stands where the pattern occurs. */
  readonly needs: readonly Need[];
  /** Whether it is asked without the engine, in so little time that 10,000 may be. */
  isPlain(): boolean;
  /** Whether it occurs. `fold` is the text as `searchable` makes it, for who asks several patterns about one text. */
  test(text: string, fold?: string): boolean;
}

const MOST = 5_000;
const known: Readonly<Record<Reach, Map<string, Pattern>>> = { anywhere: new Map(), whole: new Map() };

/** Whether the pattern occurs in the text, ignoring case. Time grows linearly with the text. */
export function occurs(pattern: string, text: string): boolean {
  return patternOf(pattern, 'anywhere').test(text);
}

/** A pattern as it can be run. It is made ready when it is asked first, and compiled by the engine when a text has what it needs; a warm process keeps what it has compiled. */
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
  const engine = lazily(() => RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE));
  const search = lazily(() => searchOf(plainPattern(pattern, 'anywhere')));
  return {
    needs,
    isPlain: () => search()?.isPlain === true,
    test: (text, fold = searchable(text)) => {
      const plain = search();
      // What makes a letter of ASCII of these makes a word of what is none.
      if (plain)
        return plain.hasEdges && /[\u017F\u212A]/.test(text) ? engine().test(text) : plain.test(fold);
      if (!fold.startsWith(first) || !fold.endsWith(last)) return false;
      return hasNeeded(needs, fold) && engine().test(text);
    },
  };
}

/** As in Alertmanager: the whole text, case counts, and a dot is no line break. */
function whole(pattern: string): Pattern {
  const { needs } = outlineOf(pattern);
  const engine = lazily(() => RE2JS.compile(wholly(pattern)));
  const search = lazily(() => searchOf(plainPattern(pattern, 'whole')));
  return {
    needs,
    isPlain: () => search()?.isPlain === true,
    test: (text, fold) => {
      const plain = search();
      if (plain) return plain.test(text);
      return (fold === undefined || hasNeeded(needs, fold)) && engine().test(text);
    },
  };
}

/** How a pattern is looked for without the engine, if it can be. */
function searchOf(pattern: PlainPattern | undefined) {
  if (!pattern) return undefined;
  const hasEdges = pattern.pieces.some(({ is }) => is === 'edge');
  const search = plainSearch(pattern);
  if (search) return { test: search, isPlain: isShort(pattern), hasEdges };
  const sure = surePattern(pattern);
  const isPlain = pattern.pieces.every(({ is }) => is === 'texts') && isShort(pattern);
  return sure && { test: (text: string) => sure.test(text), isPlain, hasEdges };
}

const MOST_TEXTS = 4;

const isShort = ({ pieces }: PlainPattern): boolean =>
  pieces.every((piece) => piece.is !== 'texts' || piece.texts.length <= MOST_TEXTS);

function hasNeeded(needs: readonly Need[], fold: string): boolean {
  for (const need of needs) if (!need.some((text) => fold.includes(text))) return false;
  return true;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
