import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  idText,
  lineText,
  pageOf,
  pageQuery,
  timeInput,
  timeText,
  versionText,
} from '../../../shared/api/index.ts';
import { idOf, toText } from '../../../shared/kernel/index.ts';

const takes = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

describe('[F59] an id', () => {
  it('is taken in the form that the system gives it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (at, seed) => {
        expect(takes(idText('incident'), idOf('incident', at, seed))).toBe(true);
        expect(takes(idText('alert'), idOf('incident', at, seed))).toBe(false);
      }),
    );
  });

  it.each([
    '',
    '../x',
    'INC#1#2',
    'constructor',
    '😀',
    'inc_',
    `${idOf('incident', 0)}\n`,
    'x'.repeat(10_000),
    7,
    null,
  ])('is not %j', (text) => {
    expect(takes(idText('incident'), text)).toBe(false);
  });

  it('of an incident says where it stands, to who gives its number', () => {
    const message = (value: string) => idText('incident').safeParse(value).error?.issues[0]?.message;
    expect(message('INC-5')).toMatch(
      /^Expected an id such as inc_…: GET \/api\/incidents lists each by its number/,
    );
    expect(message('x')).toBe('Expected an id such as inc_…');
  });
});

it('[F59] an id of another form is told so once, and a version in an address is written in digits alone', () => {
  expect(idText('silence').safeParse('x').error?.issues).toHaveLength(1);
  expect(versionText.parse('12')).toBe(12);
  for (const text of ['1e3', '0x10', ' 1', '1.0', '0', '-1', '', 'x', '9'.repeat(20)])
    expect(takes(versionText, text)).toBe(false);
});

describe('a time', () => {
  it('goes out and comes in again as the same instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        expect(takes(timeText, toText(at))).toBe(true);
        expect(timeInput.parse(toText(at))).toBe(at);
      }),
    );
  });

  it('comes in with any offset, and not in other forms', () => {
    expect(timeInput.parse('2026-01-01T02:00:00+02:00')).toBe(Date.UTC(2026, 0, 1));
    for (const text of ['2026-02-30T00:00:00Z', '2026-01-01', 'now', 0])
      expect(takes(timeInput, text)).toBe(false);
  });
});

describe('a line of text', () => {
  it('is trimmed and has no control characters', () => {
    expect(lineText(5).parse(' ab ')).toBe('ab');
    for (const text of ['', '   ', 'abcdef', 'a\nb', 'a\u0000b', 1])
      expect(takes(lineText(5), text)).toBe(false);
  });
});

describe('[F60] a page', () => {
  it('has 50 entries unless 1 to 100 are asked for', () => {
    const query = z.strictObject(pageQuery);
    expect(query.parse({})).toEqual({ limit: 50 });
    expect(query.parse({ limit: '7' })).toEqual({ limit: 7 });
    for (const limit of ['-1', '0', '1e9', '101', 'x', '1.5']) expect(takes(query, { limit })).toBe(false);
    expect(takes(query, { cursor: 'x'.repeat(2049) })).toBe(false);
  });

  it('ends where there is no cursor', () => {
    expect(takes(pageOf(z.string()), { items: ['a'] })).toBe(true);
    expect(takes(pageOf(z.string()), { items: ['a'], next: 'c', total: 1 })).toBe(false);
  });
});
