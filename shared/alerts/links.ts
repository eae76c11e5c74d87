import { limits } from './limits.ts';
import { textOf } from './reading.ts';
import type { Link } from './signal.ts';
import { line } from './text.ts';

/** An address that a source gave, its name, and what it is relative to. */
export interface SaidLink {
  readonly href: unknown;
  readonly text: unknown;
  readonly base?: unknown;
}

/** The links that a person may safely follow: http and https only, each once, the first few; and whether some were left out. */
export function readLinks(said: readonly SaidLink[]): {
  readonly links: readonly Link[];
  readonly clipped: boolean;
} {
  const links: Link[] = [];
  let clipped = false;
  for (const { href: saidHref, text, base } of said) {
    const href = addressOf(saidHref, base);
    if (href === undefined || links.some((link) => link.href === href)) continue;
    if (links.length === limits.links || href.length > limits.href) clipped = true;
    else links.push({ href, text: line(textOf(text) ?? 'Link', limits.linkText).text });
  }
  return { links, clipped };
}

function addressOf(said: unknown, base: unknown): string | undefined {
  if (typeof said !== 'string' || said.trim() === '') return undefined;
  // Long ones are not parsed: the answer would only be that they are too long.
  if (said.length > limits.href) return /^https?:/i.test(said) ? said : undefined;
  const root =
    typeof base === 'string' && base.length <= limits.href && URL.canParse(base) ? base : undefined;
  const url = URL.parse(said.trim(), root);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : undefined;
}
