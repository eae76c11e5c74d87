/** Which characters of ASCII are in a class, by their code; the last place stands for all others together. */
export type Characters = readonly boolean[];

const OTHERS = 128;
const codes = Array.from({ length: OTHERS + 1 }, (_, code) => code);

/** What `isIn` says of each character of ASCII; none beyond it. */
export const charactersWhere = (isIn: (char: string) => boolean): Characters =>
  codes.map((code) => code < OTHERS && isIn(String.fromCharCode(code)));

export const negated = (set: Characters): Characters => set.map((isIn) => !isIn);

/** As a text is compared whose capitals were made small. */
export const folded = (set: Characters): Characters =>
  set.map((isIn, code) => isIn || (code >= 97 && code <= 122 && set[code - 32] === true));

export const isIn = (set: Characters, char: string): boolean =>
  set[Math.min(char.charCodeAt(0), OTHERS)] === true;

export const areApart = (one: Characters, other: Characters): boolean =>
  one.every((isIn, code) => !isIn || other[code] !== true);

export const union = (sets: readonly Characters[]): Characters =>
  codes.map((code) => sets.some((set) => set[code] === true));

/** The class as V8 reads it. */
export function classSource(set: Characters): string {
  const code = (at: number) => `\\x${at.toString(16).padStart(2, '0')}`;
  const inside = codes.flatMap((at) => (at < OTHERS && set[at] ? code(at) : [])).join('');
  return `[${inside}${set[OTHERS] ? '\\u0080-\\u{10ffff}' : ''}]`;
}
