import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();
const MOST = 5_000;

/** Why a pattern is refused, with its position; undefined when it is good. */
export function patternFault(text: string): string | undefined {
  try {
    compile(text);
    return undefined;
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    return `is not a pattern that can run in linear time (RE2 syntax; no look-around, no back-references): ${reason}`;
  }
}

/** Whether the pattern occurs in the text, ignoring case. Time grows linearly with the text. */
export function occurs(pattern: string, text: string): boolean {
  return compile(pattern).matcher(text).find();
}

/** Compiling takes 1 to 4 ms, so a warm process keeps what it has compiled. */
function compile(text: string): RE2JS {
  const known = compiled.get(text);
  if (known) return known;
  const pattern = RE2JS.compile(text, RE2JS.CASE_INSENSITIVE);
  if (compiled.size >= MOST) compiled.clear();
  compiled.set(text, pattern);
  return pattern;
}
