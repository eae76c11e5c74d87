import type { Token } from 'markdown-it';
import { createElement, type ReactNode, useMemo } from 'react';
import { closing } from '../../shared/postmortems/closing.ts';
import { markdownReader } from '../../shared/postmortems/html.ts';

const reader = markdownReader();

/** The elements that Markdown may become; anything else is shown as the text that it has. */
const elements = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote strong em s table thead tbody tr th td hr br'.split(' '),
);

/** What people wrote in Markdown, as elements: no raw HTML, no images, links that give nothing away. */
export function Markdown({ children }: { readonly children: string }) {
  const tokens = useMemo(() => reader.parse(children, {}), [children]);
  return <div className="markdown">{nodesOf(tokens)}</div>;
}

/** Tokens that open something and those that close it, as nodes in each other. */
function nodesOf(tokens: readonly Token[]): readonly ReactNode[] {
  const nodes: ReactNode[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) continue;
    const end = token.nesting === 1 ? closing(tokens, at) : at;
    nodes.push(nodeOf(token, tokens.slice(at + 1, end), at));
    at = end;
  }
  return nodes;
}

function nodeOf(token: Token, inside: readonly Token[], key: number): ReactNode {
  const { type, tag, content, children, hidden } = token;
  if (type === 'inline') return nodesOf(children ?? []);
  if (type === 'text') return content;
  if (type === 'softbreak') return ' ';
  if (type === 'code_inline') return <code key={key}>{content}</code>;
  if (type === 'fence' || type === 'code_block') return <pre key={key}>{content}</pre>;
  if (type === 'link_open') return linkOf(String(token.attrGet('href')), nodesOf(inside), key);
  if (token.nesting === 0) return elements.has(tag) ? createElement(tag, { key }) : content;
  const nodes = nodesOf(inside);
  return hidden || !elements.has(tag) ? nodes : createElement(tag, { key }, ...nodes);
}

function linkOf(href: string, words: readonly ReactNode[], key: number): ReactNode {
  if (href.startsWith('#'))
    return (
      <a key={key} href={href}>
        {words}
      </a>
    );
  return (
    <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow">
      {words}
    </a>
  );
}
