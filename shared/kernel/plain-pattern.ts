import { type Characters, charactersWhere, folded, negated } from './characters.ts';
import { searchable } from './pattern-outline.ts';

/** One of these texts; or so many of these characters; or the edge of a word; or anything within a line. */
export type Piece =
  | { readonly is: 'texts'; readonly texts: readonly string[] }
  | { readonly is: 'class'; readonly set: Characters; readonly least: number; readonly most: number }
  | { readonly is: 'edge' }
  | { readonly is: 'gap' };

/** A pattern of one level: what stands behind each other, at the beginning of the text, at its end, at both or anywhere. */
export interface PlainPattern {
  readonly pieces: readonly Piece[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Whether a pattern is looked for anywhere, ignoring case, or must be the whole text as it is written. */
export type Reach = 'anywhere' | 'whole';

/** Texts that one piece may be; with more the engine is asked. */
const MOST_TEXTS = 32;

const LITERAL = '[\\w \\-/:,#@!%&=~"\'<>;]|\\\\[.\\-/[\\](){}|*+?^$\\\\]';
const CLASS = '\\\\[dwsDWS]|\\[\\^?(?:a-z|A-Z|0-9|a-f|A-F|[\\w:/#@%&=~ .,;]|\\\\[dws.\\-/])+-?\\]|\\.';
const ONCE = '(?![*+?{])';
const TIMES = '[*+?]|\\{(?<least>\\d{1,2})(?<upTo>,(?<most>\\d{0,2}))?\\}';
const token = new RegExp(
  [
    `\\((?:\\?:)?(?<texts>(?:${LITERAL}|\\|)*)\\)(?<option>\\??)${ONCE}`,
    `(?<char>${LITERAL})${ONCE}`,
    `(?<edge>\\\\b)${ONCE}`,
    `(?<gap>\\.\\*)${ONCE}`,
    `(?<set>${CLASS}|${LITERAL})(?<times>${TIMES}|)${ONCE}`,
  ].join('|'),
  'y',
);
const onlyTexts = new RegExp(`^(?:${LITERAL}|\\|)*$`);

/**
 * Reads a pattern as far as it is texts, groups of them, classes with their repetitions and `.*`; undefined where there is more. One that is
 * looked for anywhere is read for a text as `searchable` makes it.
 */
export function plainPattern(pattern: string, reach: Reach): PlainPattern | undefined {
  const found = /^(\^?)((?:\\.|[^\\])*?)(\$?)$/s.exec(pattern);
  if (!found) return undefined;
  const [, first = '', body = '', last = ''] = found;
  const isWhole = reach === 'whole';
  const bounds = { isFirst: isWhole || first !== '', isLast: isWhole || last !== '' };
  if (first + last === '' && onlyTexts.test(body)) {
    const texts = textsOf(body, reach);
    return texts.length > MOST_TEXTS ? undefined : { ...bounds, pieces: [{ is: 'texts', texts }] };
  }
  const pieces = piecesOf(body, reach);
  return pieces && { ...bounds, pieces };
}

function piecesOf(body: string, reach: Reach): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let at = 0; at < body.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(body)?.groups;
    const piece = found && pieceOf(found, reach);
    if (!piece) return undefined;
    const longer = joined(pieces.at(-1), piece);
    if (longer) pieces.pop();
    pieces.push(longer ?? piece);
  }
  return pieces;
}

function pieceOf(found: Record<string, string | undefined>, reach: Reach): Piece | undefined {
  const { texts, option, char, edge, gap, set = '' } = found;
  if (edge !== undefined) return { is: 'edge' };
  if (gap !== undefined) return { is: 'gap' };
  if (char !== undefined) return { is: 'texts', texts: textsOf(char, reach) };
  if (texts === undefined) {
    const times = timesOf(found);
    return times.least > times.most ? undefined : { is: 'class', set: charactersOf(set, reach), ...times };
  }
  const all = [...new Set([...textsOf(texts, reach), ...(option ? [''] : [])])];
  return all.length > MOST_TEXTS ? undefined : { is: 'texts', texts: all };
}

function textsOf(alternatives: string, reach: Reach): readonly string[] {
  const texts = [''];
  for (const [char] of alternatives.matchAll(/\\.|./gs))
    if (char === '|') texts.push('');
    else texts.push((texts.pop() ?? '') + char.slice(-1));
  return reach === 'whole' ? texts : texts.map(searchable);
}

/** Texts behind texts are longer texts, unless there are too many of them. */
function joined(before: Piece | undefined, { is, ...piece }: Piece): Piece | undefined {
  if (before?.is !== 'texts' || is !== 'texts' || !('texts' in piece)) return undefined;
  if (before.texts.length * piece.texts.length > MOST_TEXTS) return undefined;
  return { is, texts: before.texts.flatMap((one) => piece.texts.map((next) => one + next)) };
}

const SPACES = '\t\n\f\r ';

/** The characters as RE2 understands a class: `\d`, `\w` and `\s` are of ASCII, and a dot is no line break. */
function charactersOf(source: string, reach: Reach): Characters {
  if (source === '.') return negated(charactersWhere((char) => char === '\n'));
  const isNegated = /^(?:\[\^|\\[DWS])/.test(source);
  const positive = source.replace(/^\[\^/, '[').replace(/^\\[DWS]/, (negative) => negative.toLowerCase());
  const one = new RegExp(
    `^(?:${positive.startsWith('[') || positive.startsWith('\\') ? positive : `[${positive}]`})$`,
  );
  const hasSpaces = positive.includes('\\s');
  const set = charactersWhere((char) =>
    /\s/.test(char) && hasSpaces ? SPACES.includes(char) : one.test(char),
  );
  const read = reach === 'whole' ? set : folded(set);
  return isNegated ? negated(read) : read;
}

function timesOf({ times = '', least, upTo, most }: Record<string, string | undefined>) {
  if (times === '') return { least: 1, most: 1 };
  if (least === undefined)
    return { least: times === '+' ? 1 : 0, most: times === '?' ? 1 : Number.POSITIVE_INFINITY };
  if (upTo === undefined) return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most ? Number(most) : Number.POSITIVE_INFINITY };
}
