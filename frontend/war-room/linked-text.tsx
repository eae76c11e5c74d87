/** What somebody wrote: as text, with links to http and https addresses alone, each in its own direction. */
export function LinkedText({ children }: { readonly children: string }) {
  return (
    <span className="written" dir="auto">
      {piecesOf(children).map(({ at, text, href }) =>
        href === undefined ? (
          text
        ) : (
          <a key={at} href={href} target="_blank" rel="noopener noreferrer nofollow">
            {text}
          </a>
        ),
      )}
    </span>
  );
}

interface Piece {
  readonly at: number;
  readonly text: string;
  readonly href?: string;
}

/** Addresses end before white space, quotes and brackets, and before the full stop of a sentence. */
const address = /\bhttps?:\/\/[^\s<>"'`{}|\\^]+[^\s<>"'`{}|\\^.,;:!?)\]]/giu;

/** A text in pieces, those that are addresses with where they lead. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const href = URL.parse(found)?.href;
    if (href === undefined) continue;
    if (index > done) pieces.push({ at: done, text: text.slice(done, index) });
    pieces.push({ at: index, text: found, href });
    done = index + found.length;
  }
  if (done < text.length || pieces.length === 0) pieces.push({ at: done, text: text.slice(done) });
  return pieces;
}
