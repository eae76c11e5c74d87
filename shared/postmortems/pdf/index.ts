import type { Content, createPdf } from 'pdfmake';
import type { Block } from '../document.ts';
import { markdownReader } from '../html.ts';
import { sourceText } from '../markdown.ts';
import { blockContent, type Pen, type Write } from './blocks.ts';
import { directed } from './direction.ts';
import { inlineRuns } from './inline.ts';
import { BREAK } from './line.ts';
import { MOST, mostBreaks, type Room, roomFor } from './room.ts';

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

/** Finding out by measuring where a very long word breaks takes time with the square of its letters: it may break at these places. */
const breakable = (text: string): string =>
  text.replaceAll(/\S{200,}/gu, (word) => word.replaceAll(/.{16}(?=\P{M})/gsu, `$&${BREAK}`));

/** A document as the definition of a PDF: text, one drawing, links, page numbers; nothing active, nothing embedded. */
export function pdfDefinition(blocks: readonly Block[], parts: PdfParts): PdfDefinition {
  let missed = false;
  const draw = (text: string): string =>
    [...breakable(text.toWellFormed().replaceAll('\t', '  ').replaceAll(UNSEEN, ''))]
      .map((letter) => {
        if (letter === '\n' || letter === BREAK || parts.hasGlyph(letter.codePointAt(0) ?? 0)) return letter;
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
  const { content, taken } = filled(blocks, parts.drawing, write);
  const note = `${MISSING} stands for a letter that the font of this document does not have; the HTML shows it.`;
  let breaks = mostBreaks(taken);
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
    // A heading does not stand alone at the foot of a page.
    pageBreakBefore: (node, following) =>
      node.headlineLevel !== undefined &&
      breaks > 0 &&
      following.getFollowingNodesOnPage().length === 0 &&
      breaks-- > 0,
  };
}

/** How wide a page is between its margins, in points: A4. */
const WIDE = 515;

/** Said where a document is cut. */
const CUT =
  'This document is cut here: it is longer than a PDF can be made of at once. The HTML and the Markdown have all of it.';

/** What stands in a document: of one that is too long the beginning, and its sources, which get half of the room at most. */
function filled(blocks: readonly Block[], drawing: string, write: Write) {
  const sources = blocks.findIndex(({ kind }) => kind === 'sources');
  const from = sources < 0 ? blocks.length : Math.max(0, sources - 1);
  const lower = roomFor(MOST / 2);
  const last = contentOf(blocks.slice(from), drawing, write, lower);
  const upper = roomFor(MOST - lower.taken());
  const first = contentOf(blocks.slice(0, from), drawing, write, upper);
  return { content: [...first, ...last], taken: upper.taken() + lower.taken() };
}

function contentOf(blocks: readonly Block[], drawing: string, write: Write, room: Room): Content[] {
  const pen: Pen = { write, take: room.take };
  const content = blocks.flatMap((block) => (room.isFull() ? [] : blockOf(block, drawing, pen)));
  return room.isFull() ? [...content, { text: CUT, bold: true, margin: [0, 6, 0, 6] }] : content;
}

function blockOf(block: Block, drawing: string, pen: Pen): Content[] {
  const reader = markdownReader();
  // Reading what cannot fit takes time as well.
  if (block.kind === 'markdown') return blockContent(reader.parse(block.text.slice(0, 2 * MOST), {}), pen);
  if (block.kind === 'drawing') return [{ svg: drawing, width: WIDE, margin: [0, 0, 0, 8] }];
  const items: Content[] = [];
  for (const source of block.sources) {
    const tokens = reader.parseInline(sourceText(source), {});
    if (!pen.take(tokens)) break;
    const written = pen.write(inlineRuns(tokens.flatMap(({ children }) => children ?? [])));
    items.push({ ...written, ...{ id: `source-${items.length + 1}`, margin: [0, 0, 0, 2] } });
  }
  return [{ ol: items, fontSize: 8.5 }];
}
