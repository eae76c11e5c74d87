import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../shared/kernel/index.ts';

/** The cells of a table by RFC 4180, read letter by letter. */
function read(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const [, cell = '', end = ''] of text.matchAll(/("(?:[^"]|"")*"|[^,\r"]*)(,|\r\n)/g)) {
    const row = rows.at(-1);
    const plain = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    if (row) row.push(plain);
    else rows.push([plain]);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('[F79] a table for other programs', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u200b=1', '＝1', '|calc', '%0A=1'])(
    '%j begins no formula',
    (text) => {
      expect(csvOf([[text]])).toBe(`"'${text}"\r\n`);
    },
  );

  it('leaves numbers numbers, what is harmless as it is, and what is not there empty', () => {
    expect(csvOf([[-1.5, 'a-b=c', undefined]])).toBe('-1.5,"a-b=c",\r\n');
  });

  it('has every cell back, with at most an apostrophe before it', () => {
    const rows = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (table) => {
        const back = read(csvOf(table));
        expect(back.length).toBe(table.length);
        for (const [i, row] of table.entries())
          for (const [j, cell] of row.entries()) expect([cell, `'${cell}`]).toContain(back[i]?.[j]);
      }),
    );
  });
});
