import * as Y from 'yjs';
import { fromBase64, toBase64 } from '../../../shared/war-room/document/base64.ts';
import type { DocumentClient } from '../../../shared/war-room/document/client-state.ts';

/** Where browsers keep text for one tab. */
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (incident: string): string => `document ${incident}`;

/**
 * Keeps what the server has not stored yet, so that it survives a reload; nothing is kept of nothing, nor of what was refused:
 * it would be refused again, and the document could not be written by this tab any more.
 */
export function keepUnstored(storage: Storage, { incident, flying, waiting, refused }: DocumentClient): void {
  const unstored = refused === undefined ? [...(flying ? [flying.update] : []), ...waiting] : [];
  if (unstored.length === 0) storage.removeItem(nameOf(incident));
  else storage.setItem(nameOf(incident), toBase64(Y.mergeUpdates(unstored)));
}

/** The change that was kept of a document; undefined when there is none, or what is there is none. */
export function readUnstored(storage: Storage, incident: string): Uint8Array | undefined {
  const text = storage.getItem(nameOf(incident));
  if (text === null) return undefined;
  try {
    const update = fromBase64(text);
    Y.decodeUpdate(update);
    return update;
  } catch {
    // Nobody but this page writes here, so whatever it is, it was not typed.
    return undefined;
  }
}
