import type { Token } from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { closing } from '../../../shared/postmortems/closing.ts';
import { markdownReader } from '../../../shared/postmortems/html.ts';

const parsed = (text: string) => markdownReader().parse(text, {});
const opened = (tokens: readonly Token[]) =>
  tokens.flatMap((token, at) => (token.nesting === 1 ? [{ token, end: tokens[closing(tokens, at)] }] : []));

describe('what a token of Markdown opens', () => {
  it('is closed by its own, also around others of its kind', () => {
    const text = '> - one\n>   - two\n>     1. three\n> - four\n\n| a | b |\n| - | - |\n| c | d |\n\n# Title';
    const blocks = opened(parsed(text));
    expect(blocks.length).toBeGreaterThan(20);
    for (const { token, end } of blocks)
      expect([end?.type, end?.level]).toEqual([token.type.replace('_open', '_close'), token.level]);
  });

  it('is closed also within a line', () => {
    const [, inline] = parsed('**bold [link *both*](https://example.com)** and *more*');
    const spans = opened(inline?.children ?? []);
    expect(spans.map(({ token }) => token.tag)).toEqual(['strong', 'a', 'em', 'em']);
    for (const { token, end } of spans) expect(end?.type).toBe(token.type.replace('_open', '_close'));
  });

  it('ends with the last token when nothing closes it', () => {
    const tokens = parsed('> quoted').slice(0, -1);
    expect(closing(tokens, 0)).toBe(tokens.length);
  });
});
