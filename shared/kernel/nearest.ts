/** Names that share less than this part of their pairs of letters are not told as near. */
const LEAST_ALIKE = 0.3;
/** Those that share so much are most likely what was meant. */
const SURELY_ALIKE = 0.6;

/** The names that are most like one, at most so many, the most alike first. */
export const nearest = (name: string, known: Iterable<string>, most: number): readonly string[] =>
  alikeTo(name, known, LEAST_ALIKE)
    .slice(0, most)
    .map(({ id }) => id);

/** `; did you mean 'postgres'?`, to end a sentence, where a name that is not known is much like one that is, and most like that; else nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const [meant, other] = alikeTo(name, known, SURELY_ALIKE);
  return meant === undefined || other?.alike === meant.alike ? '' : `; did you mean '${meant.id}'?`;
}

interface Alike {
  readonly id: string;
  readonly alike: number;
}

function alikeTo(name: string, known: Iterable<string>, least: number): readonly Alike[] {
  const pairs = pairsOf(name);
  return [...new Set(known)]
    .map((id) => ({ id, alike: alike(pairs, pairsOf(id)) }))
    .filter((one) => one.alike >= least)
    .sort((a, b) => b.alike - a.alike || (a.id < b.id ? -1 : 1));
}

/** The pairs of letters of a name, with its two ends. */
function pairsOf(name: string): ReadonlySet<string> {
  const letters = [' ', ...name.toLowerCase(), ' '];
  return new Set(letters.slice(1).map((letter, i) => `${letters[i]}${letter}`));
}

/** Dice's coefficient: 1 for the same pairs, 0 for none. */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((pair) => b.has(pair)).length;
  return (2 * common) / (a.size + b.size);
}
