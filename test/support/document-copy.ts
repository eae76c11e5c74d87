import * as Y from 'yjs';
import { TEXT } from '../../shared/war-room/document/text.ts';

/** Somebody's copy of a document, with a number that a test gives it so that the same test does the same. */
export function copyOf(number: number, update?: Uint8Array): Y.Doc {
  const copy = new Y.Doc();
  copy.clientID = number;
  if (update) Y.applyUpdate(copy, update);
  return copy;
}

/** What an edit of a copy says to the others, as one update. */
export function changeOf(copy: Y.Doc, edit: (text: Y.Text) => void): Uint8Array {
  let change: Uint8Array | undefined;
  const note = (update: Uint8Array) => {
    change = update;
  };
  copy.on('update', note);
  copy.transact(() => edit(copy.getText(TEXT)), 'test');
  copy.off('update', note);
  if (change === undefined) throw new Error('Nothing was changed');
  return change;
}
