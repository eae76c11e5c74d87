import type { Token } from 'markdown-it';
import type { Content } from 'pdfmake';
import { inlineRuns, type Run } from './inline.ts';

/** Text that stands in a document, on the side where it is read from. */
export interface Written {
  readonly text: Content[];
  readonly alignment?: 'right';
}

/** Makes text of runs: in their directions, without what the font does not have. */
export type Write = (runs: readonly Run[], whole?: 'ltr') => Written;

/** Sizes of headings, by level. */
const sizes: Readonly<Record<string, number>> = { h1: 18, h2: 13, h3: 11 };

/** A line across the page. */
const RULE: Content = {
  canvas: [{ type: 'line', x1: 0, y1: 4, x2: 515, y2: 4, lineColor: '#d9e2ec' }],
  margin: [0, 0, 0, 6],
};

/** Parsed Markdown as the content of a document. */
export function blockContent(tokens: readonly Token[], write: Write): Content[] {
  const content: Content[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (!token) break;
    const end = token.nesting === 1 ? closing(tokens, at) : at;
    const node = nodeOf(token, tokens.slice(at + 1, end), write);
    if (node !== undefined) content.push(node);
    at = end + 1;
  }
  return content;
}

/** Where what opens here is closed. */
function closing(tokens: readonly Token[], from: number): number {
  const { level = 0 } = tokens[from] ?? {};
  const found = tokens.findIndex((token, at) => at > from && token.nesting === -1 && token.level === level);
  return found < 0 ? tokens.length : found;
}

function nodeOf(token: Token, inside: readonly Token[], write: Write): Content | undefined {
  const words = () => write(inlineRuns(inside.flatMap(({ children }) => children ?? [])));
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
      return { ul: items(inside, write), margin: [0, 0, 0, 6] };
    case 'ordered_list_open':
      return { ol: items(inside, write), margin: [0, 0, 0, 6] };
    case 'blockquote_open':
      return { stack: blockContent(inside, write), margin: [12, 0, 0, 6], italics: true };
    case 'table_open':
      return tableOf(inside, write);
    case 'fence':
    case 'code_block':
      return {
        ...write([{ text: token.content.trimEnd() }], 'ltr'),
        background: '#eef1f4',
        fontSize: 8.5,
        margin: [8, 0, 0, 6],
        preserveLeadingSpaces: true,
      };
    case 'hr':
      return RULE;
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

const items = (tokens: readonly Token[], write: Write): Content[] =>
  partsOf(tokens, 'list_item_open').map((inside) => ({ stack: blockContent(inside, write) }));

function tableOf(tokens: readonly Token[], write: Write): Content {
  const body = partsOf(tokens, 'tr_open').map((row, i) =>
    ['th_open', 'td_open'].flatMap((type) =>
      partsOf(row, type).map(
        (cell): Content => ({
          ...write(inlineRuns(cell.flatMap(({ children }) => children ?? []))),
          bold: i === 0,
        }),
      ),
    ),
  );
  return { table: { headerRows: 1, body }, layout: 'lightHorizontalLines', margin: [0, 0, 0, 6] };
}
