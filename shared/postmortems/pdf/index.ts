import type { Content, createPdf } from 'pdfmake';
import type { Block } from '../document.ts';
import { markdownReader } from '../html.ts';
import { sourceText } from '../markdown.ts';
import { blockContent, type Write } from './blocks.ts';
import { directed } from './direction.ts';
import { inlineRuns } from './inline.ts';

export { visualWords, type Word } from './line.ts';

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

/** What is not drawn, but would be found as a space in the text: soft hyphens, and what says where text may break or how it is ordered. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A document as the definition of a PDF: text, one drawing, links, page numbers; nothing active, nothing embedded. */
export function pdfDefinition(blocks: readonly Block[], parts: PdfParts): PdfDefinition {
  let missed = false;
  const draw = (text: string): string =>
    [...text.toWellFormed().replaceAll('\t', '  ').replaceAll(UNSEEN, '')]
      .map((letter) => {
        if (letter === '\n' || parts.hasGlyph(letter.codePointAt(0) ?? 0)) return letter;
        if (/\p{M}|\p{Cf}|\p{Cc}/u.test(letter)) return '';
        missed = true;
        return MISSING;
      })
      .join('');
  const write: Write = (runs, whole) => {
    const { runs: cut, rightToLeft } = directed(runs, whole);
    const text = cut.map((run) => ({ ...run, text: draw(run.text) }));
    return rightToLeft ? { text, alignment: 'right' } : { text };
  };
  const content = blocks.flatMap((block) => contentOf(block, parts.drawing, write));
  const note = `${MISSING} stands for a letter that the font of this document does not have; the HTML shows it.`;
  return {
    info: { title: draw(parts.title), creator: 'Incident management' },
    content: missed ? [...content, { text: note, margin: [0, 12, 0, 0], fontSize: 8 }] : content,
    defaultStyle: { font: 'DejaVu', fontSize: 9.5, lineHeight: 1.25 },
    pageMargins: [40, 44, 40, 48],
    footer: (page, pages) => ({
      columns: [
        { ...write([{ text: parts.foot }], 'ltr') },
        { text: `${page} of ${pages}`, alignment: 'right' },
      ],
      ...{ margin: [40, 12, 40, 0], fontSize: 8, color: '#52606d' },
    }),
    // A heading never stands alone at the foot of a page.
    pageBreakBefore: (node, following) =>
      node.headlineLevel !== undefined && following.getFollowingNodesOnPage().length === 0,
  };
}

/** How wide a page is between its margins, in points: A4. */
const WIDE = 515;

function contentOf(block: Block, drawing: string, write: Write): Content[] {
  const reader = markdownReader();
  if (block.kind === 'markdown') return blockContent(reader.parse(block.text, {}), write);
  if (block.kind === 'drawing') return [{ svg: drawing, width: WIDE, margin: [0, 0, 0, 8] }];
  const texts = block.sources.map((source) => reader.parseInline(sourceText(source), {}));
  return [
    {
      ol: texts.map((tokens, i) => ({
        ...write(inlineRuns(tokens.flatMap(({ children }) => children ?? []))),
        id: `source-${i + 1}`,
        margin: [0, 0, 0, 2],
      })),
      fontSize: 8.5,
    },
  ];
}
