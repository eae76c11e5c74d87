import type { Token } from 'markdown-it';

/** How letters look at a place in a text. */
interface Look {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly decoration?: 'lineThrough' | 'underline';
  readonly code?: boolean;
  readonly href?: string;
}

/** Letters that look alike. */
export interface Run {
  readonly text: string;
  /** How deep a direction lies within others; what is odd is read from right to left. Without it, the text is plain from left to right. */
  readonly direction?: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly decoration?: 'lineThrough' | 'underline';
  readonly background?: string;
  readonly color?: string;
  readonly link?: string;
  readonly linkToDestination?: string;
}

const opens: Readonly<Record<string, Look>> = {
  strong_open: { bold: true },
  em_open: { italics: true },
  s_open: { decoration: 'lineThrough' },
};

/** Runs of text with their looks. */
export function inlineRuns(tokens: readonly Token[]): readonly Run[] {
  const looks: Look[] = [{}];
  return tokens.flatMap((token): Run[] => {
    const look = looks.at(-1) ?? {};
    if (token.nesting === 1) {
      const href = token.type === 'link_open' ? token.attrGet('href') : undefined;
      looks.push({ ...look, ...opens[token.type], ...(typeof href === 'string' && { href }) });
      return [];
    }
    if (token.nesting === -1) {
      looks.pop();
      return [];
    }
    if (token.type === 'softbreak') return [{ text: ' ' }];
    if (token.type === 'hardbreak') return [{ text: '\n' }];
    return [run(token.content, token.type === 'code_inline' ? { ...look, code: true } : look)];
  });
}

/** A link within the document goes to its place; only http, https and mailto lead out of it. */
function run(text: string, { code, href, ...look }: Look): Run {
  return {
    text,
    ...look,
    ...(code === true && { background: '#eef1f4' }),
    ...(href?.startsWith('#') && { linkToDestination: href.slice(1), color: '#0b5cad' }),
    ...(href !== undefined &&
      /^(https?|mailto):/i.test(href) && { link: href, color: '#0b5cad', decoration: 'underline' }),
  };
}
