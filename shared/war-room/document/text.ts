import * as Y from 'yjs';

// The document of a room is one text of Yjs. Updates commute and may come twice, so no order is needed among them. Yjs draws a
// number for each copy that it makes; nothing is written here, so nothing depends on it.

/** The name of the one text in a document. */
export const TEXT = 'text';

/** The document that these updates make. */
export function documentOf(updates: readonly Uint8Array[]): Y.Doc {
  const document = new Y.Doc();
  document.transact(() => {
    for (const update of updates) Y.applyUpdate(document, update);
  });
  return document;
}

/** Its text, in Markdown. */
export const textOf = (document: Y.Doc): string => document.getText(TEXT).toString();

/** All that it is, as one update. */
export const stateOf = (document: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(document);

/** What a copy with this state vector lacks, as one update; all of it when the vector is empty or none. */
export function missingFrom(document: Y.Doc, have: Uint8Array): Uint8Array {
  if (have.length === 0) return stateOf(document);
  try {
    return Y.encodeStateAsUpdate(document, have);
  } catch {
    // Yjs throws errors of many kinds for what is no vector; everything is right for whoever has something else.
    return stateOf(document);
  }
}

/** Bytes in runs of at most so many; one empty run when there are none. */
export function partsOf(bytes: Uint8Array, most: number): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / most));
  return Array.from({ length: count }, (_, part) => bytes.subarray(part * most, (part + 1) * most));
}

/** The bytes that these parts are together. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((all, { length }) => all + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
