import * as Y from 'yjs';
import { documentLimits } from './limits.ts';

/** Room in an update for what stands around its insertions and deletions. */
const AROUND = 64;

/** The most bytes that an insertion takes beside its text, and that a deletion takes. */
const INSERTION = 48;
const DELETION = 24;

/** Characters of one insertion: three bytes each at most. */
const CHARACTERS = Math.floor((documentLimits.updateBytes - AROUND - INSERTION) / 3);

/**
 * A change that one copy made, as changes that are small enough to be sent, each of which builds only on those before it:
 * insertions in the order of their clock, deletions last.
 */
export function cutUpdate(update: Uint8Array): readonly Uint8Array[] {
  const { structs, ds } = Y.decodeUpdate(update);
  const deletions = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map((range) => ({ client, ...range })),
  );
  if (update.length <= documentLimits.updateBytes && structs.length <= documentLimits.insertions)
    return [update];
  const insertions = structs.flatMap(shortened);
  return [
    ...groups(insertions, sizeOf, documentLimits.insertions).map((group) => encoded(group, [])),
    ...groups(deletions, () => DELETION, Number.POSITIVE_INFINITY).map((group) => encoded([], group)),
  ];
}

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

/** An insertion as several that follow each other, none of them too long. A pair of surrogates stays together. */
function shortened(struct: Struct): readonly Struct[] {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return [struct];
  const { str } = struct.content;
  if (str.length <= CHARACTERS) return [struct];
  const pieces: Struct[] = [];
  const { client, clock } = struct.id;
  for (let at = 0; at < str.length; ) {
    const end = endOf(str, at + CHARACTERS);
    const origin = at === 0 ? struct.origin : Y.createID(client, clock + at - 1);
    const parent = at === 0 ? struct.parent : null;
    const content = new Y.ContentString(str.slice(at, end));
    const id = Y.createID(client, clock + at);
    pieces.push(new Y.Item(id, null, origin, null, struct.rightOrigin, parent, null, content));
    at = end;
  }
  return pieces;
}

const endOf = (text: string, at: number): number =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;

function sizeOf(struct: Struct): number {
  const isText = struct instanceof Y.Item && struct.content instanceof Y.ContentString;
  return INSERTION + (isText ? struct.length * 3 : 0);
}

function groups<Entry>(entries: readonly Entry[], size: (entry: Entry) => number, count: number): Entry[][] {
  const most = documentLimits.updateBytes - AROUND;
  const made: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = made.at(-1);
    bytes += size(entry);
    if (last === undefined || bytes > most || last.length >= count) {
      made.push([entry]);
      bytes = size(entry);
    } else last.push(entry);
  }
  return made;
}

type Deletion = { readonly client: number; readonly clock: number; readonly len: number };

/** An update of version 1: insertions by copy, then deletions by copy. */
function encoded(insertions: readonly Struct[], deletions: readonly Deletion[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const byClient = Map.groupBy(insertions, ({ id }) => id.client);
  writeNumber(encoder, byClient.size);
  for (const [client, structs] of byClient) {
    writeNumber(encoder, structs.length);
    encoder.writeClient(client);
    writeNumber(encoder, structs[0]?.id.clock ?? 0);
    for (const struct of structs) struct.write(encoder, 0);
  }
  const deleted = Map.groupBy(deletions, ({ client }) => client);
  writeNumber(encoder, deleted.size);
  for (const [client, ranges] of deleted) {
    writeNumber(encoder, client);
    writeNumber(encoder, ranges.length);
    for (const { clock, len } of ranges) {
      writeNumber(encoder, clock);
      writeNumber(encoder, len);
    }
  }
  return encoder.toUint8Array();
}

/** Yjs writes all numbers alike: seven bits a byte. */
const writeNumber = (encoder: Y.UpdateEncoderV1, number: number): void => encoder.writeDsClock(number);
