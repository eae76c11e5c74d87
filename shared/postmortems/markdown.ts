import { utcText } from '../kernel/index.ts';
import { inline } from '../timeline/index.ts';
import type { Block } from './document.ts';
import type { Source } from './sentences.ts';

/** `2026-11-28 10:05:12 UTC: Ann acknowledged.`, with its number in the log. */
export function sourceText({ at, seq, text }: Source): string {
  const number = seq === undefined ? '' : ` (number ${seq} of the log)`;
  return `${utcText(at)} UTC: ${inline(text)}${number}`;
}

/** A document as Markdown, to be kept beside code or in a wiki; drawings are left to the other forms. */
export function documentMarkdown(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) => {
      if (block.kind === 'drawing') return [];
      if (block.kind === 'markdown') return [block.text.trim()];
      return [block.sources.map((source, i) => `${i + 1}. ${sourceText(source)}`).join('\n')];
    })
    .join('\n\n')
    .concat('\n');
}
