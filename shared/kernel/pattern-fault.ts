import { RE2JS, RE2JSSyntaxException } from 're2js';
import { outlineOf } from './pattern-outline.ts';
import { plainPattern } from './plain-pattern.ts';

/** Steps that a pattern may take for each character of a text, by its engine's own account. */
export const LARGEST_PATTERN = 500;

const KNOWN = 20_000;
const known = new Map<string, string | undefined>();

/** Why a pattern is refused, with its position; undefined when it is good. A warm process remembers what it has looked at. */
export function patternFault(text: string): string | undefined {
  if (known.has(text)) return known.get(text);
  const fault = faultOf(text);
  if (known.size >= KNOWN) known.clear();
  known.set(text, fault);
  return fault;
}

function faultOf(text: string): string | undefined {
  if (outlineOf(text).isKnown) return undefined;
  const counted = countedIn(text);
  if (counted > MOST_COUNTED) return `has ${counted} as the sum of what it counts; ${lower}`;
  if (counted <= LARGEST_PATTERN && plainPattern(text, 'whole')) return undefined;
  const folded = compiled(text, RE2JS.CASE_INSENSITIVE);
  if (folded instanceof RE2JS) {
    const size = folded.programSize();
    return size > LARGEST_PATTERN ? `takes ${size} steps for each character; ${lower}` : undefined;
  }
  // Without flags the engine names the part it complains of as it was written.
  const asWritten = compiled(text, 0);
  return syntaxFault(text, asWritten instanceof RE2JS ? folded : asWritten);
}

function compiled(text: string, flags: number): RE2JS | Error {
  try {
    return RE2JS.compile(text, flags);
  } catch (fault) {
    return fault instanceof Error ? fault : new Error(String(fault));
  }
}

function syntaxFault(text: string, fault: Error): string {
  const place = fault instanceof RE2JSSyntaxException ? placeOf(fault, text) : undefined;
  const where = place === undefined ? '' : ` at character ${place + 1}`;
  const reason = fault.message.replace(/^error parsing regexp: /, '');
  return `is not a pattern${where}: ${reason} (the syntax is that of RE2, which runs in linear time: without look-around and back-references)`;
}

/** What is counted beyond this is larger than is allowed anyway, and would take long to compile. */
const MOST_COUNTED = 2 * LARGEST_PATTERN;

const lower = `at most ${LARGEST_PATTERN} are allowed: lower the numbers in its braces`;

function countedIn(text: string): number {
  const counts = text.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}/gs);
  return [...counts].reduce((all, [, least = 0, most = 0]) => all + Math.max(Number(least), Number(most)), 0);
}

/** A pattern that must be the whole text; what is quoted to its end ends there. */
export const wholly = (pattern: string): string => `^(?:${pattern}${isQuoted(pattern) ? '\\E' : ''})$`;

function isQuoted(pattern: string): boolean {
  let isOpen = false;
  for (const [, mark] of pattern.matchAll(/\\(.)/gs))
    if (mark === 'Q') isOpen = true;
    else if (mark === 'E') isOpen = false;
  return isOpen;
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
