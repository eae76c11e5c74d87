import type { Token } from 'markdown-it';

/** Where what a token of Markdown opens is closed; behind the last token when it is not. */
export function closing(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    depth += tokens[at]?.nesting ?? 0;
    if (depth === 0) return at;
  }
  return tokens.length;
}
