import read, { type MarkdownIt } from 'markdown-it';
import type { Block } from './document.ts';
import { sourceText } from './markdown.ts';

/** What a reader lays out by itself, and each may have a direction of its own. */
const laidOut: ReadonlySet<string> = new Set([
  'paragraph_open',
  'heading_open',
  'list_item_open',
  'td_open',
  'th_open',
]);

/**
 * Reads Markdown without raw HTML and without images, which would be fetched from elsewhere; links are followed without a trace, and
 * what begins with a letter from right to left goes that way.
 */
export function markdownReader(): MarkdownIt {
  const reader = read({ html: false, linkify: false }).disable('image');
  reader.core.ruler.push('direction', ({ tokens }) => {
    for (const token of tokens) if (laidOut.has(token.type)) token.attrSet('dir', 'auto');
  });
  const open =
    reader.renderer.rules.link_open ??
    ((tokens, at, options, _, self) => self.renderToken(tokens, at, options));
  reader.renderer.rules.link_open = (tokens, at, options, env, self) => {
    if (!String(tokens[at]?.attrGet('href')).startsWith('#'))
      tokens[at]?.attrSet('rel', 'noopener noreferrer nofollow');
    return open(tokens, at, options, env, self);
  };
  return reader;
}

const style = `
:root { color-scheme: light dark; }
body { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2rem; font-size: 1.2rem; }
.drawing { overflow-x: auto; background: #fff; border-radius: 6px; } .drawing svg { max-width: 100%; height: auto; }
blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid; } pre { overflow-x: auto; }
table { border-collapse: collapse; } td, th { padding: 0.25rem 0.75rem; border: 1px solid; text-align: left; }
.sources { font-size: 0.9rem; overflow-wrap: anywhere; } :target { outline: 2px solid; outline-offset: 2px; }
@media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; } }
`;

/** A document as one page of HTML that stands alone: nothing is loaded, nothing in it is active. */
export function documentHtml(blocks: readonly Block[], title: string, drawing: string): string {
  const reader = markdownReader();
  const body = blocks.map((block) => blockHtml(block, reader, drawing)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${reader.utils.escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

function blockHtml(block: Block, reader: MarkdownIt, drawing: string): string {
  if (block.kind === 'markdown') return reader.render(block.text).trim();
  if (block.kind === 'drawing') return `<div class="drawing">${drawing}</div>`;
  const items = block.sources.map(
    (source, i) => `<li id="source-${i + 1}">${reader.renderInline(sourceText(source))}</li>`,
  );
  return `<ol class="sources">\n${items.join('\n')}\n</ol>`;
}
