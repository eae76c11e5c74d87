import * as Y from 'yjs';
import { Refusal } from '../../kernel/index.ts';
import { documentLimits } from './limits.ts';
import { TEXT } from './text.ts';

/** Clocks count the characters that one copy has ever inserted; nobody types so many. */
const HIGHEST_CLOCK = 2 ** 31;

/**
 * Applies a change that a client has sent, if it is one that an editor of plain text makes and the document stays within its
 * limits. Gives what was new in it, undefined when nothing was. Whoever gets a Refusal throws the document away.
 */
export function applyChange(document: Y.Doc, update: Uint8Array): Uint8Array | undefined {
  const { structs, ds } = decoded(update);
  if (structs.length > documentLimits.insertions)
    throw refused(`it has ${structs.length} insertions; at most ${documentLimits.insertions} are taken`);
  for (const struct of structs) checkStruct(struct);
  checkDeletions(document, structs, ds);
  checkGaps(document, structs);
  const before = document.getText(TEXT).length;
  const change = applied(document, update);
  const { pendingStructs, pendingDs } = document.store;
  if (pendingStructs !== null || pendingDs !== null) throw unknownBase();
  checkSize(document, before);
  return change;
}

type Update = ReturnType<typeof Y.decodeUpdate>;
type Structs = Update['structs'];

function decoded(update: Uint8Array): Update {
  if (update.length > documentLimits.updateBytes)
    throw refused(`it has ${update.length} bytes; at most ${documentLimits.updateBytes} are taken`);
  try {
    return Y.decodeUpdate(update);
  } catch {
    // Whatever a decoder says of crafted bytes, they are no update.
    throw refused('it is no update of Yjs (version 1)');
  }
}

function checkStruct(struct: Structs[number]): void {
  const { id, length } = struct;
  if (!(length >= 1) || id.clock + length > HIGHEST_CLOCK)
    throw refused('a clock or a length is out of range');
  if (struct instanceof Y.GC) return;
  if (!(struct instanceof Y.Item)) throw refused('it leaves something out');
  const { content, parent, parentSub } = struct;
  if (!(content instanceof Y.ContentString || content instanceof Y.ContentDeleted))
    throw refused('it holds something else than plain text');
  if (content instanceof Y.ContentString && content.str.includes('\r'))
    throw refused('its lines do not end with a line feed alone');
  // Yjs says the name of a text that an item begins as a string.
  const name: unknown = parent;
  if (parentSub !== null || (name !== null && name !== TEXT))
    throw refused(`it is not about the text '${TEXT}'`);
}

function checkDeletions(document: Y.Doc, structs: Structs, { clients }: Update['ds']): void {
  const ends = new Map<number, number>();
  for (const { id, length } of structs)
    ends.set(id.client, Math.max(ends.get(id.client) ?? 0, id.clock + length));
  for (const [client, ranges] of clients)
    for (const { clock, len } of ranges) {
      if (!(len >= 1) || clock + len > HIGHEST_CLOCK) throw refused('a deletion is out of range');
      const known = Math.max(Y.getState(document.store, client), ends.get(client) ?? 0);
      if (clock + len > known) throw unknownBase();
    }
}

function checkGaps(document: Y.Doc, structs: Structs): void {
  const next = new Map<number, number>();
  for (const { id, length } of structs) {
    const known = next.get(id.client) ?? Y.getState(document.store, id.client);
    if (id.clock > known) throw unknownBase();
    next.set(id.client, Math.max(known, id.clock + length));
  }
}

function applied(document: Y.Doc, update: Uint8Array): Uint8Array | undefined {
  let change: Uint8Array | undefined;
  const note = (bytes: Uint8Array) => {
    change = bytes;
  };
  document.on('update', note);
  try {
    Y.applyUpdate(document, update);
  } catch {
    throw refused('it cannot be applied');
  } finally {
    document.off('update', note);
  }
  return change;
}

function checkSize(document: Y.Doc, before: number): void {
  const { length } = document.getText(TEXT);
  if (length > documentLimits.text && length > before)
    throw new Refusal(
      'limit',
      `The document would have ${length} characters; it holds ${documentLimits.text}. Shorten it first.`,
      'update',
    );
  const history = Y.encodeStateAsUpdate(document).length;
  if (history > documentLimits.history)
    throw new Refusal(
      'limit',
      `The document remembers as many changes as it can (${documentLimits.history} bytes); it can only be read now.`,
      'update',
    );
}

const refused = (why: string): Refusal =>
  new Refusal('invalid', `This change of the document was refused: ${why}.`, 'update');

const unknownBase = (): Refusal =>
  new Refusal(
    'conflict',
    'This change builds on text that is not stored here; load the document anew.',
    'update',
  );
