import { documentOf } from '../../../shared/war-room/api.ts';
import { clock } from '../../aws/clock.ts';
import { readDocument, type StoredDocument } from '../../aws/documents.ts';
import type { Room } from '../../aws/rooms.ts';

/** A document as it is stored, with a copy that Yjs made of it. */
export interface LoadedDocument extends StoredDocument {
  readonly copy: ReturnType<typeof documentOf>;
  /** Milliseconds that making the copy took. */
  readonly took: number;
}

/** Reads a document and makes a copy of it. */
export async function loadDocument(room: Room): Promise<LoadedDocument> {
  const stored = await readDocument(room);
  const begun = clock.now();
  const copy = copyOf(stored);
  return { ...stored, copy, took: clock.now() - begun };
}

/** The copy that a snapshot and these changes make. */
export function copyOf({ snapshot, updates }: Pick<StoredDocument, 'snapshot' | 'updates'>) {
  return documentOf([...(snapshot ? [snapshot] : []), ...updates.map(({ update }) => update)]);
}
