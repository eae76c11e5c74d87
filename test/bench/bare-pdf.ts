import { createRequire } from 'node:module';
import type { Block } from '../../shared/postmortems/index.ts';
import { documentMarkdown } from '../../shared/postmortems/markdown.ts';

const require = createRequire(import.meta.url);
// What pdfkit is made of asks for modules of Node by `require`, and where it lies.
Reflect.set(globalThis, 'require', require);
Reflect.set(globalThis, '__dirname', import.meta.dirname);

const font = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** The same words by pdfkit alone, in the same font: no headings, no links, no drawing, no page numbers. */
export async function barePdf(blocks: readonly Block[]): Promise<Buffer> {
  const { default: PdfKit } = await import('pdfkit');
  const document = new PdfKit({ size: 'A4', margin: 40, font });
  const pieces: Buffer[] = [];
  document.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.fontSize(9.5).text(documentMarkdown(blocks));
  document.end();
  await ended;
  return Buffer.concat(pieces);
}
