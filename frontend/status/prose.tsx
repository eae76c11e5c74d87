import { createElement, Fragment } from 'react';
import { type Piece, paragraphsOf } from '../../shared/status/prose.ts';

/** Plain text as paragraphs in which addresses of the web are links, and nothing else has a meaning. */
export function Prose({ text }: { readonly text: string }) {
  // Handed over one by one: the parts of a text never change places, so they need no names.
  const paragraphs = paragraphsOf(text).map((pieces) =>
    createElement('p', { dir: 'auto' }, ...pieces.map(shown)),
  );
  return createElement(Fragment, null, ...paragraphs);
}

function shown(piece: Piece) {
  if (piece === 'break') return <br />;
  if (piece.link === undefined) return piece.text;
  return (
    <a href={piece.link} rel="noopener nofollow ugc">
      {piece.text}
    </a>
  );
}
