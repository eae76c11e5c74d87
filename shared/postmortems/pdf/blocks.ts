import type { Token } from 'markdown-it';
import type { Content } from 'pdfmake';
import { closing } from '../closing.ts';
import { inlineRuns, type Run } from './inline.ts';

/** Text that stands in a document, on the side where it is read from. */
export interface Written {
  readonly text: Content[];
  readonly alignment?: 'right';
}

/** Makes text of runs: in their directions, without what the font does not have. */
export type Write = (runs: readonly Run[], whole?: 'ltr') => Written;

/** What a document is written with. */
export interface Pen {
  readonly write: Write;
  /** Ends the document when there is no room for these. */
  readonly take: (tokens: readonly Token[]) => boolean;
}

/** What consists of others, which take room one by one. */
const nested = new Set(['bullet_list_open', 'ordered_list_open', 'blockquote_open', 'table_open']);

/** Sizes of headings, by level. */
const sizes: Readonly<Record<string, number>> = { h1: 18, h2: 13, h3: 11 };

/** A line across the page; what makes the pages changes what it is given. */
const rule = (): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 4, x2: 515, y2: 4, lineColor: '#d9e2ec' }],
  margin: [0, 0, 0, 6],
});

/** Parsed Markdown as the content of a document. */
export function blockContent(tokens: readonly Token[], pen: Pen): Content[] {
  const content: Content[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (!token) break;
    const end = token.nesting === 1 ? closing(tokens, at) : at;
    if (!nested.has(token.type) && !pen.take(tokens.slice(at, end + 1))) break;
    const node = nodeOf(token, tokens.slice(at + 1, end), pen);
    if (node !== undefined) content.push(node);
    at = end + 1;
  }
  return content;
}

function nodeOf(token: Token, inside: readonly Token[], pen: Pen): Content | undefined {
  const words = () => pen.write(inlineRuns(inside.flatMap(({ children }) => children ?? [])));
  switch (token.type) {
    case 'heading_open':
      return {
        ...words(),
        ...{
          bold: true,
          fontSize: sizes[token.tag] ?? 10,
          margin: token.tag === 'h1' ? [0, 0, 0, 6] : [0, 12, 0, 4],
        },
        headlineLevel: Number(token.tag.slice(1)),
      };
    case 'paragraph_open':
      return { ...words(), margin: token.hidden ? [0, 0, 0, 2] : [0, 0, 0, 6] };
    case 'bullet_list_open':
      return { ul: items(inside, pen, () => [{ text: '• ', direction: 1 }]), margin: [0, 0, 0, 6] };
    case 'ordered_list_open':
      return orderedList(inside, pen, Number(token.attrGet('start') ?? 1));
    case 'blockquote_open':
      return { stack: blockContent(inside, pen), margin: [12, 0, 0, 6], italics: true };
    case 'table_open':
      return tableOf(inside, pen);
    case 'fence':
    case 'code_block':
      return {
        ...pen.write([{ text: token.content.trimEnd() }], 'ltr'),
        background: '#eef1f4',
        fontSize: 8.5,
        margin: [8, 0, 0, 6],
        preserveLeadingSpaces: true,
      };
    case 'hr':
      return rule();
    default:
      return undefined;
  }
}

/** The parts of this type, each with what is inside. */
function partsOf(tokens: readonly Token[], type: string): readonly (readonly Token[])[] {
  const parts: (readonly Token[])[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]?.type !== type) continue;
    const end = closing(tokens, at);
    parts.push(tokens.slice(at + 1, end));
    at = end;
  }
  return parts;
}

function orderedList(inside: readonly Token[], pen: Pen, start: number): Content {
  const sign = (i: number): readonly Run[] => [
    { text: String(start + i), direction: 2 },
    { text: '. ', direction: 1 },
  ];
  return { ol: items(inside, pen, sign), start, margin: [0, 0, 0, 6] };
}

/** An item that is read from right to left has its sign there, as a part of its text. */
function items(tokens: readonly Token[], pen: Pen, sign: (i: number) => readonly Run[]): Content[] {
  return partsOf(tokens, 'list_item_open').flatMap((inside, i): Content[] => {
    const [first, ...stack] = blockContent(inside, pen);
    if (first === undefined) return inside.length > 0 ? [] : [{ stack }];
    if (!isRightToLeft(first)) return [{ stack: [first, ...stack] }];
    const text = [...sign(i), ...first.text];
    return [{ stack: [{ ...first, text }, ...stack], ...{ listType: 'none' } }];
  });
}

const isRightToLeft = (node: Content): node is Extract<Content, { text: unknown }> & { text: Content[] } =>
  typeof node === 'object' && 'text' in node && 'alignment' in node && Array.isArray(node.text);

function tableOf(tokens: readonly Token[], pen: Pen): Content | undefined {
  const rows = partsOf(tokens, 'tr_open').filter((row) => pen.take(row));
  const body = rows.map((row, i) =>
    ['th_open', 'td_open'].flatMap((type) =>
      partsOf(row, type).map(
        (cell): Content => ({
          ...pen.write(inlineRuns(cell.flatMap(({ children }) => children ?? []))),
          bold: i === 0,
        }),
      ),
    ),
  );
  if (body.length === 0) return undefined;
  return { table: { headerRows: 1, body }, layout: 'lightHorizontalLines', margin: [0, 0, 0, 6] };
}
