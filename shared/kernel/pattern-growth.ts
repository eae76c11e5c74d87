/** Groups of fixed texts that are told apart by their first character, of which so many make no automaton large. */
const MOST_FORKS = 6;
const TEXT = '(?:[\\w \\-/:,#@!%&=~]|\\\\[^\\w\\s])+';
const FORK = new RegExp(`\\((?:\\?:)?(${TEXT}(?:\\|${TEXT})+)\\)(?![*+?{])`, 'g');

/** A pattern in which groups such as `(cpu|memory)`, which are one text or another and no more to choose, are one text. */
export function withoutForks(pattern: string): string {
  let forks = 0;
  return pattern.replace(FORK, (group, texts: string) => {
    const all = texts.split('|');
    const firsts = new Set(all.map((text) => text.replace('\\', '').charAt(0).toLowerCase()));
    if (firsts.size < all.length || ++forks > MOST_FORKS) return group;
    return all.reduce((shortest, text) => (text.length < shortest.length ? text : shortest));
  });
}

const START = /^(?:\(\?[is]+\))?\^/;
const ENDLESS = /(?:[^\\]|^)[*+]|\{\d+,\}/;
const COUNTED = /\{\d+(?:,\d*)?\}/g;

/** Whether it begins where the text does, and counts or repeats in one place only: then it is at one of few places of itself at a time. */
export const isBoundOnce = (pattern: string): boolean =>
  START.test(pattern) && !ENDLESS.test(pattern) && (pattern.match(COUNTED)?.length ?? 0) <= 1;

const ATOM =
  /(?<set>\.|\\[dwsDWS]|\\[pP](?:\{[^}]*\}|.)|\[\^?\]?(?:\\.|[^\]\\])*\])(?<times>[*+?]|\{(?<least>\d+)(?<upTo>,(?<most>\d*))?\})?|(?<group>\))\{(?<times2>\d+)|(?<fixed>\\[^\w\s]|[^\\()[\]{}|*+?^$.])(?<often>[*+?{])?|(?<other>.)/gs;

/**
 * How many characters are counted, one way or another, while the text before them may stand in them once more: whether it did is to be
 * known for each of these, so an automaton doubles with each.
 */
export function overlapOf(pattern: string): number {
  let before: ((char: string) => boolean) | undefined;
  let [overlap, run, isFree] = [0, 0, !START.test(pattern)];
  for (const { groups = {} } of pattern.replace(START, '').matchAll(ATOM)) {
    const { set, times = '', least, fixed, often, group, times2 } = groups;
    if (set !== undefined) {
      const own = charactersOf(set);
      const count = least === undefined ? (times === '' ? 1 : 0) : Number(least);
      if (isFree && before && printable.some((char) => before?.(char) && own(char)))
        overlap += count / Math.max(1, run);
      before = own;
      run = 0;
    } else if (fixed !== undefined) {
      const char = fixed.slice(-1).toLowerCase();
      before = (one) => one.toLowerCase() === char;
      run = often === undefined ? run + 1 : 0;
    } else {
      if (group !== undefined && isFree && before) overlap += Number(times2);
      if (before) before = () => true;
      run = 0;
    }
    isFree ||=
      /^(?:[*+]|\{\d+,\})/.test(times) || often === '*' || often === '+' || /[*+]/.test(groups.other ?? '');
  }
  return overlap;
}

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

/** What a class takes; one that only the engine knows may be anything. */
function charactersOf(set: string): (char: string) => boolean {
  if (set === '.' || /^\\[pP]|\[:|\\[pPQ]/.test(set)) return () => true;
  const source = /^\[\^?\]/.test(set) ? set.replace(']', '\\]') : set;
  try {
    const native = new RegExp(`^${source}$`, 'is');
    return (char) => native.test(char);
  } catch (fault) {
    if (fault instanceof SyntaxError) return () => true;
    throw fault;
  }
}
