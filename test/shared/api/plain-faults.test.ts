import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lineText, plainFaults } from '../../../shared/api/index.ts';

const faultOf = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: plainFaults }).error?.issues[0]?.message;

describe('what is wrong with an input, in plain words', () => {
  const colour = z.enum(['red', 'green']);

  it('names all that is allowed', () => {
    expect(faultOf(colour, 'blue')).toBe('expected one of "red", "green"');
    expect(faultOf(z.object({ colour }), {})).toBe('is missing; expected one of "red", "green"');
    expect(faultOf(z.literal('viewer'), 'owner')).toBe('expected "viewer"');
    expect(faultOf(z.literal([1, true]), 2)).toBe('expected one of 1, true');
    const many = z.enum(Array.from({ length: 32 }, (_, i) => `w${i}`));
    expect(faultOf(many, 'x')).toMatch(/"w29" and 2 more$/);
  });

  it('says what kind of text it should be, with an example that is taken', () => {
    const said: readonly (readonly [z.ZodType, string])[] = [
      [z.email(), 'an e-mail address, such as ann@example.com'],
      [z.url(), 'an address, such as https://example.com/page'],
      [z.iso.datetime(), 'a date and time as RFC 3339 has it, such as 2026-12-01T22:00:00Z'],
      [z.iso.date(), 'a date, such as 2026-12-01'],
    ];
    for (const [schema, words] of said) {
      expect(faultOf(schema, 'x')).toBe(`expected ${words}`);
      expect(faultOf(schema, words.split('such as ')[1])).toBeUndefined();
    }
    expect(faultOf(z.email(), 5)).toBe('expected a text');
  });

  it('says that a text is empty, and counts one character as one', () => {
    expect(faultOf(z.string().min(1), '')).toBe('is empty; expected a text');
    expect(faultOf(lineText(5), '  ')).toBe('is empty; expected a text');
    expect(faultOf(z.string().min(2), 'a')).toBe('too short: at least 2 characters');
    expect(faultOf(z.string().max(1), 'ab')).toBe('too long: at most 1 character');
  });

  it('names the kinds of things where one field tells them apart', () => {
    const shape = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('circle') }),
      z.object({ kind: z.literal('line') }),
    ]);
    expect(faultOf(shape, { kind: 'dot' })).toBe('expected one of "circle", "line"');
    expect(faultOf(shape, {})).toBe('is missing; expected one of "circle", "line"');
  });

  it('leaves the words that a schema has itself', () => {
    expect(faultOf(z.email('Expected where to write to'), 'x')).toBe('Expected where to write to');
  });
});
