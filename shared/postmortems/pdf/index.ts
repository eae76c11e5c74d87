import type { Content, createPdf } from 'pdfmake';
import type { Block } from '../document.ts';
import { markdownReader } from '../html.ts';
import { sourceText } from '../markdown.ts';
import { blockContent } from './blocks.ts';
import { inlineContent } from './inline.ts';

/** What pdfmake makes a PDF of. */
export type PdfDefinition = Parameters<typeof createPdf>[0];

/** What a PDF is made with. */
export interface PdfParts {
  readonly title: string;
  /** The drawing of the timeline, as SVG. */
  readonly drawing: string;
  /** What is printed at the foot of each page beside its number. */
  readonly foot: string;
  /** Whether the font has a letter. */
  readonly hasGlyph: (codePoint: number) => boolean;
}

/** Stands for a letter that the font does not have. */
const MISSING = '▯';

/** A document as the definition of a PDF: text, one drawing, links, page numbers; nothing active, nothing embedded. */
export function pdfDefinition(blocks: readonly Block[], parts: PdfParts): PdfDefinition {
  let missed = false;
  const draw = (text: string): string =>
    [...text.toWellFormed().replaceAll('\t', '  ')]
      .map((letter) => {
        if (letter === '\n' || parts.hasGlyph(letter.codePointAt(0) ?? 0)) return letter;
        if (/\p{M}|\p{Cf}|\p{Cc}/u.test(letter)) return '';
        missed = true;
        return MISSING;
      })
      .join('');
  const content = blocks.flatMap((block) => contentOf(block, parts.drawing, draw));
  const note = `${MISSING} stands for a letter that the font of this document does not have; the HTML shows it.`;
  return {
    info: { title: draw(parts.title), creator: 'Incident management' },
    content: missed ? [...content, { text: note, margin: [0, 12, 0, 0], fontSize: 8 }] : content,
    defaultStyle: { font: 'DejaVu', fontSize: 9.5, lineHeight: 1.25 },
    pageMargins: [40, 44, 40, 48],
    footer: (page, pages) => ({
      columns: [{ text: draw(parts.foot) }, { text: `${page} of ${pages}`, alignment: 'right' }],
      ...{ margin: [40, 12, 40, 0], fontSize: 8, color: '#52606d' },
    }),
    // A heading never stands alone at the foot of a page.
    pageBreakBefore: (node, following) =>
      node.headlineLevel !== undefined && following.getFollowingNodesOnPage().length === 0,
  };
}

/** How wide a page is between its margins, in points: A4. */
const WIDE = 515;

function contentOf(block: Block, drawing: string, draw: (text: string) => string): Content[] {
  const reader = markdownReader();
  if (block.kind === 'markdown') return blockContent(reader.parse(block.text, {}), draw);
  if (block.kind === 'drawing') return [{ svg: drawing, width: WIDE, margin: [0, 0, 0, 8] }];
  const texts = block.sources.map((source) => reader.parseInline(sourceText(source), {}));
  return [
    {
      ol: texts.map((tokens, i) => ({
        text: inlineContent(
          tokens.flatMap(({ children }) => children ?? []),
          draw,
        ),
        id: `source-${i + 1}`,
        margin: [0, 0, 0, 2],
      })),
      fontSize: 8.5,
    },
  ];
}
