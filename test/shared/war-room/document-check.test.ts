import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Refusal } from '../../../shared/kernel/index.ts';
import { applyChange } from '../../../shared/war-room/document/check.ts';
import { documentLimits } from '../../../shared/war-room/document/limits.ts';
import { documentOf, stateOf, TEXT, textOf } from '../../../shared/war-room/document/text.ts';
import { changeOf, copyOf } from '../../support/document-copy.ts';

const ROOT = 'Checkout fails since noon';
const base = stateOf(copyWith(ROOT));

function copyWith(text: string, number = 1): Y.Doc {
  const copy = copyOf(number);
  copy.getText(TEXT).insert(0, text);
  return copy;
}

/** What a copy with the same text says after an edit of the whole document. */
function crafted(edit: (copy: Y.Doc) => void, number = 7): Uint8Array {
  const copy = copyOf(number, base);
  const vector = Y.encodeStateVector(copy);
  edit(copy);
  return Y.encodeStateAsUpdate(copy, vector);
}

/** An update made of these numbers as Yjs writes them, and of bytes as they are. */
function bytes(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  for (const part of parts) {
    if (typeof part === 'number') encoder.writeDsClock(part);
    else for (const byte of part) encoder.writeInfo(byte);
  }
  return encoder.toUint8Array();
}
const raw = (...values: readonly number[]) => Uint8Array.from(values);
const string = (text: string) => [text.length, raw(...new TextEncoder().encode(text))] as const;
const [STRING, DELETED, SKIP, GC] = [4, 1, 10, 0];
const atRoot = [1, ...string(TEXT)] as const;

const invalid: Readonly<Record<string, Uint8Array>> = {
  'nothing at all': raw(),
  'no update': raw(1, 2, 3),
  'only ones': new Uint8Array(64).fill(0xff),
  'more bytes than a change may have': new Uint8Array(documentLimits.updateBytes + 1),
  'a clock of 2^53': bytes(1, 1, 7, 2 ** 53 - 1, raw(STRING), ...atRoot, ...string('x'), 0),
  'a clock beyond 2^53': bytes(
    1,
    1,
    7,
    raw(...new Array(9).fill(0xff), 1),
    raw(STRING),
    ...atRoot,
    ...string('x'),
    0,
  ),
  'a clock beyond what anybody types': bytes(1, 1, 7, 2 ** 31, raw(STRING), ...atRoot, ...string('x'), 0),
  'more insertions than bytes': bytes(1, 4_000_000_000, 7, 0, raw(STRING), ...atRoot, ...string('x'), 0),
  'more copies than bytes': bytes(4_000_000_000, 1, 7, 0, raw(STRING), ...atRoot, ...string('x'), 0),
  'too many insertions': bytes(
    ...[1, documentLimits.insertions + 1, 7, 0],
    ...Array.from({ length: documentLimits.insertions + 1 }, () => [
      raw(STRING),
      ...atRoot,
      ...string('x'),
    ]).flat(),
    0,
  ),
  'an insertion of nothing': bytes(1, 1, 7, 0, raw(STRING), ...atRoot, 0, 0),
  'a deleted insertion of 2^52 characters': bytes(1, 1, 7, 0, raw(DELETED), ...atRoot, 2 ** 52, 0),
  'a removed insertion of 2^52 characters': bytes(1, 1, 7, 0, raw(GC), 2 ** 52, 0),
  'something left out': bytes(1, 1, 7, 0, raw(SKIP), 5, 0),
  'an unknown content': bytes(1, 1, 7, 0, raw(11), ...atRoot, ...string('x'), 0),
  'an unknown type': bytes(1, 1, 7, 0, raw(7), ...atRoot, 99, 0),
  'broken UTF-8': bytes(1, 1, 7, 0, raw(STRING), ...atRoot, 2, raw(0xc3, 0x28), 0),
  'deep values': bytes(1, 1, 7, 0, raw(8), ...atRoot, 1, new Uint8Array(15_000).fill(117), 0),
  'a deletion of 2^52 characters': bytes(0, 1, 1, 1, 0, 2 ** 52),
  'a deletion of nothing': bytes(0, 1, 1, 1, 0, 0),
  'more deletions than bytes': bytes(0, 1, 1, 4_000_000_000, 0, 1),
  'a carriage return': crafted((copy) => copy.getText(TEXT).insert(0, 'a\r\nb')),
  formatting: crafted((copy) => copy.getText(TEXT).format(0, 4, { bold: true })),
  'an embed': crafted((copy) => copy.getText(TEXT).insertEmbed(0, { image: 'https://example.com/x.png' })),
  'a nested type': crafted((copy) => copy.getText(TEXT).insertEmbed(0, new Y.Text('inside'))),
  'a document inside': crafted((copy) => copy.getText(TEXT).insertEmbed(0, new Y.Doc())),
  'an attribute of the text': crafted((copy) => copy.getText(TEXT).setAttribute('title', 'x')),
  'a map': crafted((copy) => copy.getMap('other').set('key', 'value')),
  'an array of bytes': crafted((copy) => copy.getArray(TEXT).insert(0, [raw(1, 2)])),
  'another text': crafted((copy) => copy.getText('other').insert(0, 'hidden')),
};

const unknownBase: Readonly<Record<string, Uint8Array>> = {
  'text of a copy that said something before': (() => {
    const copy = copyOf(7, base);
    changeOf(copy, (text) => text.insert(0, 'lost'));
    return changeOf(copy, (text) => text.insert(4, 'kept'));
  })(),
  'text after something unknown': bytes(1, 1, 7, 0, raw(STRING | 0x80), 99, 5, ...string('x'), 0),
  'a deletion of something unknown': bytes(0, 1, 99, 1, 0, 5),
};

/** What a change leads to, and what the document is after it. */
function outcomeOf(update: Uint8Array, document = documentOf([base])) {
  try {
    return { change: applyChange(document, update), text: textOf(document) };
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, message: error.message };
    throw error;
  }
}

describe('a change of the document', () => {
  it.each(Object.entries(invalid))('[WR22] [F75] with %s is refused, soon and in words', (_, update) => {
    const begun = performance.now();
    expect(outcomeOf(update)).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('refused:'),
    });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it.each(Object.entries(unknownBase))('[WR22] [F75] with %s is a conflict', (_, update) => {
    expect(outcomeOf(update)).toMatchObject({ code: 'conflict' });
  });

  it('inserts and deletes text, and is nothing new when it comes again', () => {
    const copy = copyOf(7, base);
    const change = changeOf(copy, (text) => {
      text.delete(0, 8);
      text.insert(0, 'Payment 💥');
    });
    const document = documentOf([base]);
    expect(outcomeOf(change, document)).toMatchObject({ text: 'Payment 💥 fails since noon' });
    expect(outcomeOf(change, document)).toEqual({ change: undefined, text: 'Payment 💥 fails since noon' });
  });

  it('is given back without what stands behind it, or was known', () => {
    const copy = copyOf(7, base);
    const change = changeOf(copy, (text) => text.insert(0, 'x'));
    const outcome = outcomeOf(bytes(change, raw(1, 2, 3)));
    expect(outcome.change).toEqual(change);
    expect(outcomeOf(stateOf(copy)).change).toEqual(change);
  });

  it('[WR23] that makes the text too long is refused; one that shortens it is taken', () => {
    const full = copyWith('x'.repeat(documentLimits.text));
    const other = copyOf(7, stateOf(full));
    const longer = changeOf(other, (text) => text.insert(5, 'y'));
    expect(outcomeOf(longer, documentOf([stateOf(full)]))).toMatchObject({ code: 'limit' });
    const beyond = documentOf([stateOf(full), longer]);
    const shorter = changeOf(copyOf(8, stateOf(beyond)), (text) => text.delete(0, 1));
    expect(outcomeOf(shorter, beyond)).toMatchObject({ text: expect.stringMatching(/^xxxxy/) });
  });

  it('[WR23] of a document that remembers too much is refused', () => {
    const copy = copyOf(1);
    copy.transact(() => {
      for (let i = 0; i < 150_000; i++) copy.getText(TEXT).insert(0, 'x');
    });
    const whole = stateOf(copy);
    expect(whole.length).toBeGreaterThan(documentLimits.history);
    const change = changeOf(copyOf(7, whole), (text) => text.insert(0, 'y'));
    expect(outcomeOf(change, documentOf([whole]))).toMatchObject({
      code: 'limit',
      message: expect.stringContaining('read'),
    });
  });

  it('[F75] of any bytes is refused or changes plain text, and throws nothing else', () => {
    const valid = changeOf(copyOf(7, base), (text) => text.insert(3, 'abc'));
    const mutated = fc
      .array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((changes) => {
        const copy = Uint8Array.from(valid);
        for (const [at, value] of changes) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), mutated), (update) => {
        const outcome = outcomeOf(update);
        if (outcome.code !== undefined) return;
        const document = documentOf([base, ...(outcome.change ? [outcome.change] : [])]);
        expect(textOf(document)).toBe(outcome.text);
        expect([...document.share.keys()]).toEqual([TEXT]);
      }),
      { numRuns: 2_000 },
    );
  });
});
