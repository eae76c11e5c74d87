import { RE2JS } from 're2js';
import { type Cost, type Engine, engineOf, type LookedAt } from './engine.ts';
import { lazily } from './lazily.ts';
import { needCost, sureCost, textCost } from './pattern-cost.ts';
import { wholly } from './pattern-fault.ts';
import { type Need, outlineOf, searchable } from './pattern-outline.ts';
import { type PlainPattern, plainPattern, type Reach } from './plain-pattern.ts';
import { plainSearch } from './plain-search.ts';
import { surePattern } from './sure-pattern.ts';

/** A pattern that is ready to be run. Time grows linearly with the text. */
export interface Pattern {
  /** Of each of these, one text, as `searchable` makes it, stands where the pattern occurs. */
  readonly needs: readonly Need[];
  /** Counted from the pattern alone; as those of `Engine` where the engine runs it. */
  cost(): Cost;
  lookedAt(): LookedAt;
  /** Whether it occurs. `fold` is the text as `searchable` makes it, for who asks several patterns about one text. */
  test(text: string, fold?: string): boolean;
}

const MOST = 20_000;
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
  const pattern = reach === 'anywhere' ? anywhere(text.replace(IGNORING, '$1')) : wholeOf(text);
  if (patterns.size >= MOST) patterns.clear();
  patterns.set(text, pattern);
  return pattern;
}

/** Where case is ignored anyway, saying so would only hide what the pattern needs; also of what is to be the whole text. */
const IGNORING = /^(\^\(\?:)?(?:\(\?i\))+(?=.)/s;

/** One that ignores case is one that occurs from the first letter to the last. */
function wholeOf(text: string): Pattern {
  const rest = text.replace(/^(?:\(\?i\))+(?=.)/s, '');
  return rest === text ? whole(text) : anywhere(wholly(rest));
}

function anywhere(pattern: string): Pattern {
  const { needs, ends } = outlineOf(pattern);
  const [first, last] = ends;
  const engine = engineOf(pattern, RE2JS.CASE_INSENSITIVE);
  const search = lazily(() => searchOf(plainPattern(pattern, 'anywhere')));
  return {
    needs,
    ...costsOf(needs, engine, search),
    test: (text, fold = searchable(text)) => {
      const plain = search();
      // What makes a letter of ASCII of these makes a word of what is none.
      if (plain) return plain.hasEdges && /[\u017F\u212A]/.test(text) ? engine.test(text) : plain.test(fold);
      if (!fold.startsWith(first) || !fold.endsWith(last)) return false;
      return hasNeeded(needs, fold) && engine.test(text);
    },
  };
}

/** As in Alertmanager: the whole text, case counts, and a dot is no line break. */
function whole(pattern: string): Pattern {
  const { needs } = outlineOf(pattern);
  const engine = engineOf(wholly(pattern));
  const search = lazily(() => searchOf(plainPattern(pattern, 'whole')));
  return {
    needs,
    ...costsOf(needs, engine, search),
    test: (text, fold) => {
      const plain = search();
      if (plain) return plain.test(text);
      return (fold === undefined || hasNeeded(needs, fold)) && engine.test(text);
    },
  };
}

interface Search {
  readonly hasEdges: boolean;
  test(text: string): boolean;
  cost(): number;
}

/** How a pattern is looked for without the engine, if it can be. */
function searchOf(pattern: PlainPattern | undefined): Search | undefined {
  if (!pattern) return undefined;
  const hasEdges = pattern.pieces.some(({ is }) => is === 'edge');
  const search = plainSearch(pattern);
  if (search) return { test: search, cost: () => textCost(pattern), hasEdges };
  const sure = surePattern(pattern);
  return sure && { test: (text) => sure.test(text), cost: () => sureCost(pattern), hasEdges };
}

function costsOf(
  needs: readonly Need[],
  engine: Engine,
  searchedBy: () => Search | undefined,
): Pick<Pattern, 'cost' | 'lookedAt'> {
  const withSearch = (ofEngine: () => Cost): Cost => {
    const search = searchedBy();
    if (!search || search.hasEdges) {
      const { each, once } = ofEngine();
      // Of words, some texts make the engine be asked.
      return { each: search ? Math.max(search.cost(), each) : needCost(needs) + each, once };
    }
    return { each: search.cost(), once: 0 };
  };
  return {
    cost: lazily(() => withSearch(engine.cost)),
    lookedAt: lazily(() => {
      const looked = engine.lookedAt();
      return { ...looked, cost: withSearch(() => looked.cost) };
    }),
  };
}

function hasNeeded(needs: readonly Need[], fold: string): boolean {
  for (const need of needs) if (!need.some((text) => fold.includes(text))) return false;
  return true;
}
