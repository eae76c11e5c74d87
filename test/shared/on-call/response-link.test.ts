import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, digest, idOf, SECOND } from '../../../shared/kernel/index.ts';
import { encodeLink, linkExpiry, type ResponseLink, readLink } from '../../../shared/on-call/index.ts';
import { anyText } from '../../support/any-text.ts';
import { T0 } from '../../support/given.ts';

const sign = (text: string) => digest('a key', text);
const otherSign = (text: string) => digest('another key', text);

const anyLink: fc.Arbitrary<ResponseLink> = fc.record({
  org: fc.string().map((seed) => idOf('organisation', T0, seed)),
  incident: fc.string().map((seed) => idOf('incident', T0, seed)),
  generation: fc.integer({ min: 1, max: 999_999_999 }),
  step: fc.integer({ min: 1, max: 999_999_999 }),
  person: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
  expiresAt: fc.integer({ min: 1, max: 7 * 86_400 }).map((seconds) => T0 + seconds * SECOND),
});

describe('the link of a page', () => {
  it('is read as it was written, and is fit for a path', () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        const token = encodeLink(link, sign);
        expect(readLink(token, sign, T0)).toEqual(link);
        expect(encodeURIComponent(token)).toBe(token);
      }),
    );
  });
  it('[F41] opens nothing once it has expired', () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        const token = encodeLink(link, sign);
        expect(readLink(token, sign, link.expiresAt - 1)).toEqual(link);
        expect(readLink(token, sign, link.expiresAt)).toBeUndefined();
      }),
    );
  });
  it('[F41] expires a day after it was made', () => {
    expect(linkExpiry(T0 + 999)).toBe(T0 + DAY);
  });
  it('opens nothing under another key or with any character changed', () => {
    fc.assert(
      fc.property(anyLink, fc.nat(), fc.constantFrom('0', 'Z', '.', '_'), (link, place, letter) => {
        const token = encodeLink(link, sign);
        const at = place % token.length;
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        expect(readLink(token, otherSign, T0)).toBeUndefined();
        if (changed !== token) expect(readLink(changed, sign, T0)).toBeUndefined();
      }),
    );
  });
  it('opens nothing for any other text, signed or not', () => {
    fc.assert(
      fc.property(anyText(600), (text) => {
        expect(readLink(text, sign, T0)).toBeUndefined();
        expect(readLink(`${text}.${sign(text)}`, sign, T0)).toBeUndefined();
      }),
    );
  });
});
