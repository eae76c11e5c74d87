import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What is drawn on one line of a page, from left to right as the eye sees it. */
export interface DrawnLine {
  readonly page: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly text: string;
}

interface DrawnLetter {
  readonly x: number;
  readonly y: number;
  readonly end: number;
  readonly text: string;
}

/** A document as a reader of PDFs sees it. */
export interface ReadPdf {
  readonly pages: number;
  readonly lines: readonly DrawnLine[];
  readonly title: string;
  /** Where its links lead: an address, or a place in the document. */
  readonly links: readonly string[];
  /** Whatever would do something by itself, run something or bring something along. */
  readonly active: readonly string[];
}

/** Reads a PDF without drawing it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await loading.promise;
  const lines: DrawnLine[] = [];
  const links: string[] = [];
  const active: string[] = [];
  for (let page = 1; page <= document.numPages; page++) {
    const one = await document.getPage(page);
    const { fnArray, argsArray } = await one.getOperatorList();
    lines.push(...linesOf(lettersOf(fnArray, argsArray), page));
    for (const { subtype, url, unsafeUrl, dest, actions, action } of await one.getAnnotations()) {
      if (subtype === 'Link') links.push(unsafeUrl ?? url ?? `#${String(dest)}`);
      if (subtype !== 'Link' || actions || action) active.push(`an annotation ${subtype} ${action}`);
    }
    if (await one.getJSActions()) active.push(`actions of page ${page}`);
  }
  const { info } = await document.getMetadata();
  if (await document.getJSActions()) active.push('actions of the document');
  if (await document.getOpenAction()) active.push('an action when it is opened');
  if (await document.getAttachments()) active.push('something embedded');
  const title = 'Title' in info ? String(info.Title) : '';
  const read = { pages: document.numPages, lines, title, links, active };
  await loading.destroy();
  return read;
}

/** The letters of a page where they are drawn; what is no text is passed over. */
function lettersOf(kinds: readonly number[], parts: readonly unknown[]): readonly DrawnLetter[] {
  const letters: DrawnLetter[] = [];
  let [x, y, size] = [0, 0, 0];
  for (const [at, kind] of kinds.entries()) {
    if (kind === OPS.setFont) [, size] = parts[at] as [string, number];
    if (kind === OPS.setTextMatrix) ({ 4: x = 0, 5: y = 0 } = (parts[at] as [Record<number, number>])[0]);
    if (kind !== OPS.showText) continue;
    const [glyphs] = parts[at] as [
      readonly (number | { readonly unicode: string; readonly width: number })[],
    ];
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        x -= (glyph / 1_000) * size;
        continue;
      }
      const end = x + (glyph.width / 1_000) * size;
      letters.push({ x, y, end, text: glyph.unicode });
      x = end;
    }
  }
  return letters;
}

/** A mark may stand a little above its letter's line. */
const NEAR = 4;

function linesOf(letters: readonly DrawnLetter[], page: number): readonly DrawnLine[] {
  const lines: DrawnLetter[][] = [];
  for (const letter of letters) {
    const line = lines.find(([first]) => first && Math.abs(first.y - letter.y) < NEAR);
    if (line) line.push(letter);
    else lines.push([letter]);
  }
  return lines.map((line) => {
    const sorted = line.toSorted((a, b) => a.x - b.x);
    const text = sorted.map((letter) => letter.text).join('');
    const right = Math.max(...line.map(({ end }) => end));
    return { page, text, right, left: sorted[0]?.x ?? 0, y: sorted[0]?.y ?? 0 };
  });
}
