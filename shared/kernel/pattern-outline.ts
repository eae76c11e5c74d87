/** What can be told of a pattern without running it. */
export interface Outline {
  /** Whether it is surely a pattern of RE2. What this file does not know, the engine must judge. */
  readonly isKnown: boolean;
  /** Of each of these, one text, as `searchable` makes it, stands where the pattern occurs; empty where nothing is known. */
  readonly needs: readonly Need[];
  /** What a text in which the pattern occurs, as `searchable` makes it, begins and ends with; empty where nothing is known. */
  readonly ends: readonly [first: string, last: string];
}

/** Texts of which one is needed. */
export type Need = readonly string[];

/** Alternatives that are followed; with more of them they tell little. */
const MOST_ALTERNATIVES = 64;
const MOST_NEEDS = 8;
const DEEPEST = 50;

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  isKnown: boolean;
}

/** What a part of a pattern needs; `exact` when it is that text and nothing else. */
interface Part {
  readonly needs: readonly Need[];
  readonly exact?: string;
}

/** Reads a pattern as far as it is made of texts, classes, groups and repetitions. */
export function outlineOf(pattern: string): Outline {
  const reader: Reader = { text: pattern, at: 0, depth: 0, isKnown: true };
  const part = alternatives(reader);
  if (part === undefined || reader.at < pattern.length) return { isKnown: false, needs: [], ends: ['', ''] };
  return {
    isKnown: reader.isKnown,
    needs: part.needs,
    ends: endsOf(pattern),
  };
}

/** A text with its ASCII letters as a search that ignores case compares them: small, and with the two letters that fold to them. */
export function searchable(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text.toLowerCase();
  if (text !== last.text) last = { text, fold: folded(text) };
  return last.fold;
}

/** Letter by letter takes some microseconds, and many patterns are asked about one text. */
let last = { text: '', fold: '' };

const folded = (text: string): string =>
  text.replaceAll(/[A-Z\u017F\u212A]/g, (letter) => (letter === '\u017F' ? 's' : letter.toLowerCase()));

/** Plain texts behind `^` and before `$`, without what is repeated or escaped. */
function endsOf(pattern: string): Outline['ends'] {
  if (pattern.includes('|')) return ['', ''];
  const [, first = '', next = ''] = /^\^([\w /:,#@!%&=~-]*)(.?)/.exec(pattern) ?? [];
  const [, before = '', last = ''] = /(.?)([\w /:,#@!%&=~-]*)\$$/.exec(pattern.slice(-100)) ?? [];
  return [
    searchable('*+?{'.includes(next || ' ') ? first.slice(0, -1) : first),
    searchable(before === '\\' ? last.slice(1) : last),
  ];
}

function alternatives(reader: Reader): Part | undefined {
  if (++reader.depth > DEEPEST) return undefined;
  const parts: Part[] = [];
  do {
    const part = sequence(reader);
    if (part === undefined) return undefined;
    parts.push(part);
  } while (taken(reader, '|'));
  reader.depth--;
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const needs = parts.map((part) => part.needs.toSorted(byGain)[0]);
  const texts = [...new Set(needs.flatMap((need) => need ?? []))];
  const isTold = needs.every((need) => need !== undefined) && texts.length <= MOST_ALTERNATIVES;
  return { needs: isTold ? [texts] : [] };
}

function taken(reader: Reader, char: string): boolean {
  if (reader.text[reader.at] !== char) return false;
  reader.at++;
  return true;
}

/** What was found so far in one sequence, with the text that is being read. */
interface Found {
  run: string;
  isExact: boolean;
  readonly needs: Need[];
}

function sequence(reader: Reader): Part | undefined {
  const found: Found = { run: '', isExact: true, needs: [] };
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at] ?? '')) {
    const item = single(reader);
    const times = item && repetition(reader);
    if (item === undefined || times === undefined) return undefined;
    take(found, item, times);
  }
  const { run, isExact } = found;
  flush(found);
  return {
    needs: found.needs.toSorted(byGain).slice(0, MOST_NEEDS),
    ...(isExact && run !== '' && { exact: run }),
  };
}

/** How often something comes: once, at least once, or perhaps not at all. */
type Times = 'once' | 'more' | 'perhaps';

function take(found: Found, item: Part, times: Times): void {
  if (item.exact !== undefined && times === 'once') {
    found.run += item.exact;
    return;
  }
  if (item.exact !== undefined && times === 'more') found.run += item.exact;
  flush(found);
  found.isExact = false;
  if (item.exact === undefined && times !== 'perhaps') found.needs.push(...item.needs);
}

function flush(found: Found): void {
  if (found.run !== '') found.needs.push([found.run]);
  found.run = '';
}

const shortest = (need: Need): number => Math.min(...need.map(({ length }) => length));

/** Long texts before short ones, few alternatives before many. */
const byGain = (one: Need, other: Need): number =>
  shortest(other) - shortest(one) || one.length - other.length;

const NOTHING: Part = { needs: [] };

function single(reader: Reader): Part | undefined {
  const char = reader.text[reader.at] ?? '';
  reader.at++;
  if (char === '(') return group(reader);
  if (char === '[') return bracket(reader);
  if (char === '\\') return escaped(reader);
  if ('.^$'.includes(char)) return NOTHING;
  return '*+?{'.includes(char) ? undefined : literal(char);
}

/** Where letters beyond ASCII fold to others they tell nothing. */
const literal = (char: string): Part =>
  /[\u0020-\u007e]/.test(char) ? { needs: [], exact: searchable(char) } : NOTHING;

function group(reader: Reader): Part | undefined {
  if (reader.text[reader.at] === '?') {
    if (reader.text[reader.at + 1] !== ':') return undefined;
    reader.at += 2;
  }
  const inside = alternatives(reader);
  return inside && taken(reader, ')') ? inside : undefined;
}

/** Classes of letters, digits, the usual ranges and signs; of others the engine is asked. */
const classes = /\[\^?-?(?:a-z|A-Z|0-9|a-f|A-F|\\[dwsDWS.\-/]|[\w .,:;/#@%&=~])+-?\]/y;

function bracket(reader: Reader): Part | undefined {
  classes.lastIndex = reader.at - 1;
  if (!classes.test(reader.text)) return undefined;
  reader.at = classes.lastIndex;
  return NOTHING;
}

function escaped(reader: Reader): Part | undefined {
  const char = reader.text[reader.at] ?? '';
  reader.at++;
  if (/[dDwWsSbB]/.test(char)) return NOTHING;
  return /[.\-/[\](){}|*+?^$\\]/.test(char) ? literal(char) : undefined;
}

const counted = /\{(\d{1,4})(?:,(\d{0,4}))?\}/y;

function repetition(reader: Reader): Times | undefined {
  const char = reader.text[reader.at] ?? '';
  let times: Times = 'once';
  if ('*+?'.includes(char) && char !== '') {
    reader.at++;
    times = char === '+' ? 'more' : 'perhaps';
  } else if (char === '{') {
    counted.lastIndex = reader.at;
    const [, least = ''] = counted.exec(reader.text) ?? [];
    if (least === '') return undefined;
    reader.at = counted.lastIndex;
    // What is counted may be counted once more outside, which the engine bounds.
    reader.isKnown = false;
    times = Number(least) > 0 ? 'more' : 'perhaps';
  }
  if (times !== 'once' && reader.text[reader.at] === '?') reader.at++;
  return times !== 'once' && '*+?{'.includes(reader.text[reader.at] || ' ') ? undefined : times;
}
