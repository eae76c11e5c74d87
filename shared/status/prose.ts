/** A piece of a paragraph: words, a link, or the end of a line. */
export type Piece = { readonly text: string; readonly link?: string } | 'break';

const address = /https?:\/\/[^\s<>"'`{}|\\^\p{Cc}]+/gu;

/** Plain text as paragraphs, at blank lines. Only addresses of the web become links; nothing else in it has a meaning. */
export function paragraphsOf(text: string): readonly (readonly Piece[])[] {
  return text
    .split(/(?:\r\n|\r|\n)[\t ]*(?:\r\n|\r|\n)\s*/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) =>
      paragraph
        .split(/\r\n|\r|\n/)
        .flatMap((line, at) => [...(at > 0 ? ['break' as const] : []), ...piecesOf(line)]),
    );
}

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: found, index } of line.matchAll(address)) {
    // What ends a sentence does not belong to the address in it.
    const link = found.replace(/[.,;:!?)\]]+$/, '');
    if (!isWebAddress(link)) continue;
    if (index > at) pieces.push({ text: line.slice(at, index) });
    pieces.push({ text: link, link });
    at = index + link.length;
  }
  return at < line.length ? [...pieces, { text: line.slice(at) }] : pieces;
}

/** Whether a text is an address that a page may link to: http or https, with a host and without a password. */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && hostname !== '' && username === '' && password === '';
}
