import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colours, coloursOf } from '../../frontend/war-room/document/colours.ts';
import { storedText, troubleText } from '../../frontend/war-room/document/state-text.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { newDocumentClient } from '../../shared/war-room/document/client-state.ts';

const client = newDocumentClient(idOf('incident', 0, 'words'), 'client-1', 1);
const waiting = [new Uint8Array(1)];

describe('how it stands with the document', () => {
  it('is said in words', () => {
    expect(storedText(client)).toBe('Stored');
    expect(storedText({ ...client, waiting })).toBe('Storing …');
    expect(troubleText({ ...client, link: 'open', waiting })).toBeUndefined();
    expect(troubleText({ ...client, link: 'opening' })).toBe('Connecting …');
    expect(troubleText(client)).toBe('No connection. You can go on writing.');
    expect(troubleText({ ...client, waiting })).toMatch(/kept here/);
    expect(troubleText({ ...client, link: 'open', refused: 'Too long.' })).toBe('Too long.');
  });
});

describe('the colours of people', () => {
  const cursor = (id: string) => ({ person: { id, name: id }, anchor: '', head: '', until: 0 });

  it('are different as long as there are enough, and do not depend on who came first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 12 }), (ids) => {
        const given = coloursOf(ids.map(cursor));
        expect(given).toEqual(coloursOf(ids.toReversed().map(cursor)));
        expect(new Set(given.values()).size).toBe(Math.min(ids.length, colours.length));
        for (const number of given.values()) expect(colours[number]).toBeDefined();
      }),
    );
  });

  it('are one for all windows of a person', () => {
    expect(coloursOf([cursor('per_a'), cursor('per_a')]).size).toBe(1);
  });
});
