import { createRequire } from 'node:module';
import type { Renderer } from 'pdfmake/js/Renderer.js';
import { Refusal } from '../../shared/kernel/index.ts';
import { type Block, type PdfParts, pdfDefinition, visualWords } from '../../shared/postmortems/index.ts';

const require = createRequire(import.meta.url);
// What pdfmake is made of asks for modules of Node by `require`, and where it lies; modules of ours have neither.
Reflect.set(globalThis, 'require', require);
Reflect.set(globalThis, '__dirname', import.meta.dirname);

const faces = {
  normal: 'DejaVuSans',
  bold: 'DejaVuSans-Bold',
  italics: 'DejaVuSans-Oblique',
  bolditalics: 'DejaVuSans-BoldOblique',
} as const;

/** Where the fonts lie: beside the code in Lambda, among the packages elsewhere. */
const fileOf = (face: string): string => require.resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`);

/** An API answers at most 6 MB, in base64. */
const MOST_BYTES = 4_400_000;

/** A document as the bytes of a PDF; `too_large` when it could not be answered. */
export async function pdfOf(
  blocks: readonly Block[],
  parts: Omit<PdfParts, 'hasGlyph'>,
): Promise<Uint8Array> {
  loaded ??= load();
  const { maker, hasGlyph } = await loaded;
  const bytes = await maker.createPdf(pdfDefinition(blocks, { ...parts, hasGlyph })).getBuffer();
  if (bytes.length <= MOST_BYTES) return bytes;
  throw new Refusal('too_large', 'This post-mortem is too long for one PDF; take the HTML, and print that.');
}

let loaded: ReturnType<typeof load> | undefined;

/** The maker of PDFs with its fonts, once for each environment. It may fetch nothing, and read nothing but the fonts. */
async function load() {
  const [{ default: maker }, { default: renderer }, fontkit] = await Promise.all([
    import('pdfmake'),
    import('pdfmake/js/Renderer.js'),
    import('fontkit'),
  ]);
  drawVisually(('default' in renderer ? renderer.default : renderer).prototype);
  const files = Object.entries(faces).map(([style, face]) => [style, fileOf(face)] as const);
  maker.setFonts({ DejaVu: Object.fromEntries(files) });
  maker.setUrlAccessPolicy(() => false);
  maker.setLocalAccessPolicy((path: string) => files.some(([, file]) => file === path));
  const font = await fontkit.open(fileOf(faces.normal));
  if (!('hasGlyphForCodePoint' in font)) throw new Error('The font is a collection of fonts');
  return { maker, hasGlyph: (codePoint: number) => font.hasGlyphForCodePoint(codePoint) };
}

/** pdfmake draws the words of a line as they were written; here each takes the place in which it is read. */
function drawVisually(renderer: Renderer): void {
  const { renderLine } = renderer;
  renderer.renderLine = function (line, x, y) {
    const inlines = visualWords(line.inlines);
    renderLine.call(this, inlines === line.inlines ? line : Object.assign(line.clone(), { inlines }), x, y);
  };
}
