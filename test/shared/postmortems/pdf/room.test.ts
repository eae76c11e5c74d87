import type { Token } from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { markdownReader } from '../../../../shared/postmortems/html.ts';
import { MOST, mostBreaks, roomFor } from '../../../../shared/postmortems/pdf/room.ts';

const tokens = (text: string): Token[] => markdownReader().parse(text, {});

describe('the room in a document', () => {
  it('is taken by what is written, until something does not fit', () => {
    const room = roomFor(1_000);
    expect(room.take(tokens('a'.repeat(300)))).toBe(true);
    expect(room.taken()).toBeGreaterThan(300);
    expect(room.taken()).toBeLessThan(600);
    expect(room.take(tokens('a'.repeat(2_000)))).toBe(false);
    expect([room.take(tokens('a')), room.isFull()]).toEqual([false, true]);
  });

  it.each([
    [
      'one long text more than many short ones',
      'word '.repeat(20_000),
      'word word word word\n\n'.repeat(4_000),
    ],
    ['headings more than texts', '# a\n\n'.repeat(100), 'a\n\n'.repeat(100)],
    ['looks more than plain words', '*a* b '.repeat(1_000), 'aaa b '.repeat(1_000)],
    ['directions more than one alone', 'אa'.repeat(4_000), 'אא'.repeat(4_000)],
  ])('is taken by %s', (_, more, less) => {
    const [first, second] = [roomFor(Infinity), roomFor(Infinity)];
    first.take(tokens(more));
    second.take(tokens(less));
    expect(first.taken()).toBeGreaterThan(second.taken() * 1.1);
  });

  it('is enough for the longest section that can be written', () => {
    expect(roomFor(MOST).take(tokens('The checkout was slow. '.repeat(869)))).toBe(true);
  });

  it('says how often pages may be made anew: often for a short document, never for the longest', () => {
    expect(mostBreaks(20_000)).toBeGreaterThan(20);
    expect(mostBreaks(100_000)).toBeGreaterThan(4);
    expect(mostBreaks(MOST)).toBe(0);
  });
});
