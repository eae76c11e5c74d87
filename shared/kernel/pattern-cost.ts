import { RE2JS, RE2JSSyntaxException } from 're2js';
import { isBoundOnce, overlapOf, withoutForks } from './pattern-growth.ts';
import type { PlainPattern } from './plain-pattern.ts';
import { triesOf } from './sure-pattern.ts';

/** A text is looked for from one place to the next; where what is read nearly has it everywhere, each of its first characters is compared. */
const READ = 0.1;
const COMPARED = 0.15;
const MOST_COMPARED = 14;
/** One way tried for one character by V8. */
const TRY = 2;
/** The engine with an automaton that stays small. */
const SMALL = 8;
/** Beyond so many choices an automaton may become large: each makes it up to twice as large. */
const MOST_CHOICES = 6;
/** Where it has many steps of which one or few are taken at a time. */
const STEPS_AT_ONCE = 10;
/** Up to so many characters doubling is nothing; from there on what it costs. */
const MOST_DOUBLED = 6;
const DOUBLING = 1.2;
const MADE_ANEW = 2_500;
/** An automaton of more steps no longer fits beside others in the cache of the processor. */
const MANY_STEPS = 50;

/**
 * Nanoseconds for each character of a text, at worst, of a pattern that is texts with gaps between them. As all costs here, it is counted from the
 * pattern, of the machine that the benches were measured on: the same pattern costs the same everywhere.
 */
export function textCost({ pieces }: PlainPattern): number {
  const texts = pieces.flatMap((piece) => (piece.is === 'texts' ? piece.texts : []));
  return texts.reduce((all, text) => all + READ + COMPARED * Math.min(text.length, MOST_COMPARED), READ);
}

/** The same of a pattern that V8 runs: what follows a text at its beginning is tried only where that stands. */
export function sureCost(pattern: PlainPattern): number {
  const [first] = pattern.pieces;
  const [text = ''] = first?.is === 'texts' && first.texts.length === 1 ? first.texts : [];
  return READ + COMPARED + (TRY * triesOf(pattern)) / (pattern.isFirst ? LONG : periodOf(text));
}

/** What must be at the beginning of a text is tried once in it. */
const LONG = 100;

/** How far from each other a text can stand at least; 1 when it is empty. */
function periodOf(text: string): number {
  for (let by = 1; by < text.length; by++) if (text.startsWith(text.slice(by))) return by;
  return Math.max(1, text.length);
}

/** The same of a pattern that the engine runs, which makes an automaton of it while it reads. */
export function engineCost(pattern: string): number {
  const plain = withoutForks(pattern);
  const doubled = doubledCost(overlapOf(plain));
  if (choicesIn(plain) <= MOST_CHOICES && plain === pattern) return Math.max(SMALL, doubled);
  const steps = stepsOf(pattern);
  if (choicesIn(plain) <= MOST_CHOICES || isBoundOnce(plain))
    return Math.max(SMALL, Math.ceil(steps / STEPS_AT_ONCE), doubled);
  return Math.max(SMALL, Math.ceil(steps * Math.max(1, steps / MANY_STEPS)), doubled);
}

/** An automaton that doubles with each character fits into memory up to some, and then is made anew all the time. */
function doubledCost(characters: number): number {
  if (characters <= MOST_DOUBLED) return SMALL;
  return Math.min(MADE_ANEW, Math.ceil(SMALL * 2 ** ((characters - MOST_DOUBLED) * DOUBLING)));
}

/** By the engine's own account; none of what it refuses, which `patternFault` tells. */
function stepsOf(pattern: string): number {
  try {
    return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).matcher('').programSize();
  } catch (fault) {
    if (fault instanceof RE2JSSyntaxException) return 0;
    throw fault;
  }
}

const CHOICE =
  /\\p\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?|[.?|]|(?<count>\{(?<least>\d+)(?:,(?<most>\d*))?\})/gs;

/**
 * How often one of several characters may stand, something may be left out, or be another alternative; what is counted counts so often. What is
 * repeated without end only leads back.
 */
function choicesIn(pattern: string): number {
  let choices = 0;
  for (const found of pattern.matchAll(CHOICE)) {
    const [part] = found;
    const { count, least = 0, most = 0 } = found.groups ?? {};
    const next = pattern[found.index + part.length] ?? '';
    if (count !== undefined) choices += Math.max(Number(least), Number(most));
    else if (part.startsWith('\\') ? /^\\[dwsDWSpPC]/.test(part) : part !== '(?')
      choices += next === '*' || next === '+' ? 0 : 1;
  }
  return choices;
}
