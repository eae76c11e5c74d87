import { describe, expect, it } from 'vitest';
import { drawn } from './chart.ts';
import { readCounts } from './counts.ts';
import { amount, dollars } from './dollars.ts';
import { costFiles, readText } from './files.ts';
import { grid } from './grid.ts';

describe('What is written about costs', () => {
  const files = costFiles(readCounts());

  it.each(Object.entries(files))('is what is computed from the template: %s', (path, text) => {
    expect(readText(path), 'Write it anew with: npm run costs -- --counted').toBe(text);
  });

  it('names a sum for an idle month and for a million alerts in the README', () => {
    expect(files['README.md']).toMatch(/an idle month is\n?\s*[\d.]+ US dollars, [\d.]+ after/);
    expect(files['README.md']).toMatch(/A million alerts are [\d.]+ dollars/);
  });
});

describe('Figures', () => {
  it('of dollars have cents, or two digits when they are less', () => {
    expect([0, 0.0123, 0.1, 3.456, 123.4].map(dollars)).toEqual(['0.00', '0.012', '0.10', '3.46', '123']);
  });

  it('of amounts have three digits, or commas', () => {
    expect([0.12345, 1.5, 15, 1234567.8].map(amount)).toEqual(['0.123', '1.5', '15', '1,234,568']);
  });

  it('stand to the right in a table', () => {
    expect(grid(['a', 'n'], [['x', '10']])).toBe('| a   |   n |\n| --- | --: |\n| x   |  10 |\n');
  });
});

describe('A chart', () => {
  it('draws the longest bar over the whole width and the others in proportion', () => {
    const bar = (name: string, value: number) => ({
      name,
      parts: [{ value, tone: 'main' as const }],
      text: '',
    });
    const svg = drawn({ title: 'T', bars: [bar('a', 4), bar('b', 1)] });
    const widths = [...svg.matchAll(/<rect x="[\d.]+" y="\d+" width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toEqual([320, 80]);
  });

  it('has its texts escaped', () => {
    const svg = drawn({ title: '<a> & "b"', bars: [{ name: '<', parts: [], text: '&' }] });
    expect(svg).toContain('&lt;a> &amp; &quot;b&quot;');
    expect(svg).not.toMatch(/<a>|&(?!lt;|amp;|quot;)/);
  });
});
