import { readFileSync } from 'node:fs';
import type { Block } from '../../shared/postmortems/index.ts';

/** What a document is made of, in the file that the first argument names. */
export interface Material {
  readonly blocks: readonly Block[];
  readonly title: string;
  readonly drawing: string;
}

/** Milliseconds of the first time, with the loading of the code, and of the later ones; and how large it is. */
export interface Made {
  readonly first: number;
  readonly later: readonly number[];
  readonly bytes: number;
}

type Maker = (material: Material) => Promise<{ readonly length: number }>;

const LATER = 7;

/** Each loads what it needs by itself, as a function does that has just started. */
const makers: Readonly<Record<string, () => Promise<Maker>>> = {
  markdown: async () => {
    const { documentMarkdown } = await import('../../shared/postmortems/markdown.ts');
    return async ({ blocks }) => Buffer.from(documentMarkdown(blocks));
  },
  html: async () => {
    const { documentHtml } = await import('../../shared/postmortems/html.ts');
    return async ({ blocks, title, drawing }) => Buffer.from(documentHtml(blocks, title, drawing));
  },
  pdf: async () => {
    const { pdfOf } = await import('../../functions/postmortems/pdf.ts');
    return ({ blocks, ...parts }) => pdfOf(blocks, { ...parts, foot: parts.title });
  },
  pdfkit: async () => {
    const { barePdf } = await import('./bare-pdf.ts');
    return ({ blocks }) => barePdf(blocks);
  },
};

const [form = '', file = ''] = process.argv.slice(2);
const material = JSON.parse(readFileSync(file, 'utf8')) as Material;
const maker = makers[form];
if (maker === undefined) throw new Error(`No form ${form}`);
const begun = performance.now();
const make = await maker();
const { length: bytes } = await make(material);
const first = performance.now() - begun;
const later: number[] = [];
for (let round = 0; round < LATER; round++) {
  const again = performance.now();
  await make(material);
  later.push(performance.now() - again);
}
process.stdout.write(JSON.stringify({ first, later, bytes } satisfies Made));
