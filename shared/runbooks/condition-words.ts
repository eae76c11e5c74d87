import { type Parsed, quoted } from './parsed.ts';

/** A word of a condition. */
export type Token =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'sign'; readonly value: string };

const blanks = /\s+/y;
const name = /[A-Za-z_][\w.-]*/y;
const sign = /==|!=|<=|>=|&&|\|\||[!<>()[\],]/y;
const text = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y;

/** Cuts a condition into its words. */
export function conditionWords(from: string): Parsed<readonly Token[]> {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(from) ?? undefined;
    if (found !== undefined) at = pattern.lastIndex;
    return found;
  };
  while (at < from.length) {
    if (take(blanks)) continue;
    const words = take(text);
    if (words) {
      tokens.push({ kind: 'text', value: (words[1] ?? words[2] ?? '').replaceAll(/\\(.)/g, '$1') });
      continue;
    }
    const named = take(name);
    const signed = named ?? take(sign);
    if (!signed) return { refused: `a condition cannot have ${quoted(from.slice(at, at + 10))}` };
    tokens.push({ kind: named ? 'name' : 'sign', value: signed[0] });
  }
  return { value: tokens };
}
