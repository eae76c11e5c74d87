import { searchable } from './pattern-outline.ts';

/** One of these texts, or one of these characters and all of them that follow. */
export type Piece = { readonly texts: readonly string[] } | { readonly run: string };

/** A pattern that is told without an engine: parts with `.*` between them, at the beginning of the text, at its end, at both or anywhere. */
export interface PlainPattern {
  readonly parts: readonly (readonly Piece[])[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Texts that one part may be; with more the engine is asked. */
const MOST_TEXTS = 32;

const LITERAL = '[\\w \\-/:,#@!%&=~"\'<>;]|\\\\[.\\-/[\\](){}|*+?^$\\\\]';
const CLASS = '\\\\[dw]|\\[(?:a-z|A-Z|0-9|a-f|A-F|[\\w:/#@%&=~]|\\\\[dw.\\-/])+-?\\]';
const token = new RegExp(
  [
    `\\((?:\\?:)?(?<texts>(?:${LITERAL}|\\|)*)\\)(?![*+?{])`,
    `(?<run>${CLASS})\\+(?![*+?{])`,
    `(?<char>${LITERAL})(?![*+?{])`,
    '(?<gap>\\.\\*)(?![*+?{])',
  ].join('|'),
  'y',
);
const onlyTexts = new RegExp(`^(?:${LITERAL}|\\|)*$`);

/**
 * Reads a pattern as far as it is texts, groups of them, repeated classes and `.*`; undefined where there is more. One that is looked for
 * anywhere is read as `searchable` makes the text; of one that must be the whole text, case counts.
 */
export function plainPattern(pattern: string, reach: 'anywhere' | 'whole'): PlainPattern | undefined {
  const [, first = '', body = '', last = ''] = /^(\^?)((?:\\.|[^\\])*?)(\$?)$/s.exec(pattern) ?? [];
  const isWhole = reach === 'whole';
  const bounds = { isFirst: isWhole || first !== '', isLast: isWhole || last !== '' };
  const asRead = isWhole ? (text: string) => text : searchable;
  if (first + last === '' && onlyTexts.test(body))
    return { ...bounds, parts: [add([], textsOf(asRead(body)))] };
  const parts = partsOf(body, asRead);
  return parts?.every((part) => isSure(part, parts.length, bounds)) ? { ...bounds, parts } : undefined;
}

function textsOf(alternatives: string): readonly string[] {
  const texts = [''];
  for (const [char] of alternatives.matchAll(/\\.|./gs))
    if (char === '|') texts.push('');
    else texts.push((texts.pop() ?? '') + char.slice(-1));
  return texts;
}

function partsOf(body: string, asRead: (text: string) => string): readonly (readonly Piece[])[] | undefined {
  const parts: (readonly Piece[])[] = [];
  let part: readonly Piece[] = [];
  for (let at = 0; at < body.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(body)?.groups;
    if (!found) return undefined;
    const { texts, run, char, gap } = found;
    if (run !== undefined) part = [...part, { run: asRead(charactersOf(run)) }];
    else if (gap === undefined) part = add(part, textsOf(asRead(texts ?? char ?? '')));
    if (gap === undefined) continue;
    parts.push(part);
    part = [];
  }
  return [...parts, part];
}

/** Texts behind texts are longer texts, unless there are too many of them. */
function add(part: readonly Piece[], texts: readonly string[]): readonly Piece[] {
  const before = part.at(-1);
  if (before === undefined || 'run' in before || before.texts.length * texts.length > MOST_TEXTS)
    return [...part, { texts }];
  return [...part.slice(0, -1), { texts: before.texts.flatMap((one) => texts.map((next) => one + next)) }];
}

const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

function charactersOf(run: string): string {
  const one = new RegExp(run);
  return ascii.filter((char) => one.test(char)).join('');
}

/**
 * Whether there is only one way to go along it, and no character is gone along often: what follows a run is none of its characters, and what
 * it begins with, wherever that may stand, has one that is in no run.
 */
function isSure(part: readonly Piece[], parts: number, { isFirst }: Pick<PlainPattern, 'isFirst'>): boolean {
  const all = part.flatMap((piece) => ('run' in piece ? piece.run : [])).join('');
  if (all === '')
    return part.length <= 1 && part.every((piece) => 'texts' in piece && piece.texts.length <= MOST_TEXTS);
  const begin = part[0];
  const isBegun = begin !== undefined && 'texts' in begin && !isMadeOf(begin.texts[0] ?? '', all);
  return parts === 1 && part.every(isDecided) && (isFirst || isBegun);
}

function isDecided(piece: Piece, i: number, part: readonly Piece[]): boolean {
  if ('texts' in piece) return piece.texts.length === 1;
  const next = part[i + 1];
  return next === undefined || ('texts' in next && !isMadeOf((next.texts[0] ?? '').slice(0, 1), piece.run));
}

const isMadeOf = (text: string, characters: string): boolean =>
  [...text].every((char) => characters.includes(char));
