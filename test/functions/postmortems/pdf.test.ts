import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pdfOf } from '../../../functions/postmortems/pdf.ts';
import type { Block, Source } from '../../../shared/postmortems/index.ts';
import { T0 } from '../../support/given.ts';
import { readPdf } from '../../support/pdf-text.ts';

/** The margins of a page of A4, in points. */
const [LEFT, RIGHT] = [40, 555.28];

const parts = { title: 'Post-mortem', drawing: '', foot: 'foot' };
const markdown = (text: string): Block => ({ kind: 'markdown', text });

async function read(text: string, more: Partial<typeof parts> = {}) {
  const bytes = await pdfOf([markdown(text)], { ...parts, ...more });
  if (process.env.SHOTS !== undefined) writeFileSync(join(process.env.SHOTS, 'text.pdf'), bytes);
  const pdf = await readPdf(bytes);
  const lines = pdf.lines.filter((line) => !line.text.startsWith('foot'));
  return { ...pdf, lines, texts: lines.map((line) => line.text) };
}

describe('[F78] the text of a PDF', () => {
  it.each([
    ['brackets and backslashes', String.raw`a (b) \\ c (d\\) ) (( \\( /JavaScript`],
    ['quotes', `"a" 'b' “c” ‘d’ «e» \\<f\\>`],
    ['Latin with accents', 'Zürich, São Paulo, Łódź, œuvre, naïve, Ångström'],
    ['Greek and Cyrillic', 'Ελληνικά ή όχι, Проверка связи, ґрунт'],
    ['arrows, ticks and sums', 'a → b ✓ ≤ 5 € ± ½'],
  ])('has %s as they were written', async (_, text) => {
    const said = text.replaceAll('\\\\', '\\').replaceAll(/\\([<>])/g, '$1');
    expect((await read(text)).texts).toEqual([said]);
  });

  it('prints a mark for what its font does not have, and says so', async () => {
    const { texts } = await read('漢字 and 🫠, and a\u0301 \u2067b');
    expect(texts[0]).toBe('▯▯ and ▯, and á b'.normalize('NFD').replace('á', 'á'));
    expect(texts[1]).toContain('▯ stands for a letter that the font of this document does not have');
  });

  it('breaks a word that is wider than a page, and loses no letter of it', async () => {
    const word = 'abcdefghij'.repeat(60);
    const { lines } = await read(`before ${word} after`);
    expect(lines.length).toBeGreaterThan(4);
    for (const { left, right } of lines) expect(left >= LEFT - 1 && right <= RIGHT + 1).toBe(true);
    expect(lines.map(({ text }) => text).join('')).toBe(`before ${word} after`);
  });

  it('has no soft hyphens and breaks without width within words', async () => {
    expect((await read('in\u00adci\u200bdent \ufeffover')).texts).toEqual(['incident over']);
  });
});

/** By hand, from left to right as the eye sees them; a bracket that is read from right to left is turned round. */
const sentences: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Hebrew with Latin, numbers and brackets',
    'השירות checkout נפל בשעה 14:30 (12 דקות).',
    ['.(תוקד 12) 14:30 העשב לפנ checkout תורישה'],
  ],
  [
    'Arabic with Latin and numbers',
    'كانت checkout بطيئة 25 دقيقة: 4.2.0, 50%',
    ['%50 ,4.2.0 :ةقيقد 25 ةئيطب checkout تناك'],
  ],
  ['digits of Arabic and Persian', 'من ١٢٫٥ و ۱۲۳ هنا', ['انه ۱۲۳ و ١٢٫٥ نم']],
  [
    'Hebrew within English',
    'The שירות ראשי (גרסה 2) failed, [שוב]!',
    ['The (2 הסרג) ישאר תוריש failed, [בוש]!'],
  ],
  ['looks and links', '**שלום** `a(b)` [לך לשם](https://example.org/) סוף', ['ףוס םשל ךל a(b) םולש']],
  ['a letter in two units', 'hello שלום 🫠 עולם bye', ['hello םלוע ▯ םולש bye']],
  ['marks that order text', 'a \u202bשלום, b\u202c c \u2067אב\u2069', ['a b ,םולש c בא']],
  ['a heading', '# דוח: INC-12', ['INC-12 :חוד']],
  [
    'a code block, from left to right as a whole',
    '```\n  f("אב גד") // הו  זח\n```',
    ['  f("דג בא") // חז  וה'],
  ],
];

describe('[F78] text from right to left', () => {
  it.each(sentences)('stands in order: %s', async (_, text, expected) => {
    const { texts } = await read(text);
    expect(texts.filter((line) => !line.startsWith('▯ stands')).map(plain)).toEqual(expected);
  });

  it('is put in order line by line, on the right', async () => {
    const words = Array.from({ length: 60 }, (_, i) => `מלה${i}`);
    const { lines } = await read(words.join(' '));
    expect(lines.length).toBeGreaterThan(2);
    const shown = lines.flatMap(({ text }) => plain(text).split(' ').toReversed());
    expect(shown).toEqual(words.map((_, i) => `${i}הלמ`));
    for (const { right } of lines) expect(right).toBeCloseTo(RIGHT, 0);
  });

  it('stands in cells, in lists, at the foot', async () => {
    const table =
      '| שם | value |\n|---|---|\n| שתי מילים | 12 |\n\n- פריט אחד\n- one פריט two\n\nx\n\n7. שבע\n8. h';
    const bytes = await pdfOf([markdown(table)], { ...parts, foot: 'Post-mortem: אין קשר' });
    const texts = (await readPdf(bytes)).lines.map(({ text }) => plain(text));
    expect(texts.slice(0, 2)).toEqual(['םשvalue', 'םילימ יתש12']);
    expect(texts).toContain('דחא טירפ •');
    expect(texts).toContain('עבש .7');
    expect(texts.some((text) => /^8\. *h$/.test(text))).toBe(true);
    expect(texts.join('\n')).toContain('one טירפ two');
    expect(texts.at(-1)).toBe('Post-mortem: רשק ןיא1 of 1');
  });

  it('keeps links and breaks what is wider than a page', async () => {
    const { lines, links } = await read(`[${'אבגד'.repeat(80)}](https://example.org/)`);
    expect(lines.map(({ text }) => [...text].toReversed().join('')).join('')).toBe('אבגד'.repeat(80));
    for (const { left, right } of lines) expect(left >= LEFT - 1 && right <= RIGHT + 1).toBe(true);
    expect(new Set(links)).toEqual(new Set(['https://example.org/']));
  });
});

describe('[F78] what is in a PDF', () => {
  it('is the same the next time, rules between parts too', async () => {
    const [first, second] = [await read('a\n\n---\n\nb\n\n---\n'), await read('a\n\n---\n\nb\n\n---\n')];
    expect(second.lines).toEqual(first.lines);
  });

  it('is nothing active, whatever people write', async () => {
    const evil = [
      '/JavaScript (app.alert\\(1\\)) /OpenAction << /S /Launch >>',
      '[a](javascript:alert(1)) [b](file:///etc/passwd) [c](data:text/html,x) [d](ftp://x.org/)',
      '![e](https://example.org/x.png) <script>alert(1)</script>',
      '[f](https://example.org/) [g](#source-1) [h](mailto:a@example.org)',
      ') >> endobj 9 0 obj << /AA << /O 3 0 R >> >>',
    ].join('\n\n');
    const title = ') /OpenAction << /S /JavaScript /JS (app.alert(1)) >> \\';
    const { active, links, texts, title: told } = await read(evil, { title });
    expect(active).toEqual([]);
    expect([...new Set(links)].toSorted()).toEqual([
      '#source-1',
      'https://example.org/',
      'https://example.org/x.png',
      'mailto:a@example.org',
    ]);
    expect(texts[0]).toBe('/JavaScript (app.alert(1)) /OpenAction << /S /Launch >>');
    expect(texts.join('\n')).toContain(') >> endobj 9 0 obj << /AA << /O 3 0 R >> >>');
    expect(told).toBe(title);
  });
});

const source = (i: number): Source => ({ id: `fct_${i}`, at: T0, text: `What is on record, ${i}` });

describe('[F78] a PDF that would be too long', () => {
  const sentence = 'At 14:05 the service checkout was slow, and Ann acknowledged it after four minutes. ';
  const ending = [markdown('## Sources'), { kind: 'sources' as const, sources: [source(1), source(2)] }];
  const longest: readonly (readonly [string, string])[] = [
    ['paragraphs', `${sentence.repeat(4)}\n\n`.repeat(150_000)],
    ['one paragraph', sentence.repeat(600_000)],
    ['one list', `- ${sentence}\n`.repeat(400_000)],
    ['headings', '## a\n\n'.repeat(2_000_000)],
    ['one table', `|a|b|\n|-|-|\n${`|${sentence}|b|\n`.repeat(300_000)}`],
    ['one word', 'abcdefghij'.repeat(3_000_000)],
    ['directions', 'אa'.repeat(1_000_000)],
  ];

  it.each(longest)('is cut, says so and keeps its sources: %s for 10,000 pages', async (_, text) => {
    const before = process.cpuUsage();
    const bytes = await pdfOf([markdown('# Title'), markdown(text), markdown('later'), ...ending], parts);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(8);
    const { lines, pages } = await readPdf(bytes);
    const said = lines.map((line) => line.text).join(' ');
    expect(pages).toBeLessThan(150);
    expect(said).toContain('This document is cut here');
    expect(said).toMatch(/Sources 1\.\s*.*What is on record, 1.*2\.\s*.*What is on record, 2/);
    expect(said).not.toContain('later');
  });

  it('is cut in its sources when these alone are too many', async () => {
    const sources = Array.from({ length: 20_000 }, (_, i) => source(i));
    const { lines } = await readPdf(
      await pdfOf([markdown('first'), markdown('## Sources'), { kind: 'sources', sources }], parts),
    );
    expect(lines[0]?.text).toBe('first');
    expect(lines.filter(({ text }) => text.includes('This document is cut here'))).toHaveLength(1);
  });
});

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
