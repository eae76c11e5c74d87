import { nameOf } from '../../incidents/index.ts';
import { cut, oneLine } from '../../kernel/index.ts';
import { type PageContent, shortSeverity } from '../page-content.ts';

/** What one septet of GSM 03.38 can say; those of the second list take two. */
const single = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const double = new Set('^{}\\[~]|€');

/** Septets of three parts: a message of more than one part gives seven of each to what joins them. */
export const MOST_SEPTETS = 3 * 153;

/** What a part of a text holds that has other letters, when it is one of several; each takes two bytes. */
export const UNITS_OF_PART = 67;

/** So much of a title is told in any case, in such a text. */
const LEAST_OF_TITLE = 40;

/** A text in the alphabet of text messages: look-alikes for what it lacks, and one `?` for a run of letters that have none. */
export function inGsm(text: string): string {
  const folded = text
    .replaceAll(/[‘’‚′`´]/g, "'")
    .replaceAll(/[“”„″]/g, '"')
    .replaceAll(/[–—―]/g, '-')
    .replaceAll('…', '...')
    .replaceAll(/\s/g, ' ');
  const letters = Array.from(folded, (letter) => (isGsm(letter) ? letter : plain(letter)));
  return letters.join('').replaceAll(/\uFFFF+/g, '?');
}

/** Stands for a letter that has no form in the alphabet; no text has it, since it is no character. */
const NONE = '\uFFFF';

const isGsm = (letter: string): boolean => single.has(letter) || double.has(letter);

/** The letter without its accents, as far as it has such a form. */
function plain(letter: string): string {
  const base = letter.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return base !== '' && Array.from(base).every(isGsm) ? base : NONE;
}

/** How many septets a text takes that is in the alphabet. */
export function septets(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (double.has(letter) ? 2 : 1), 0);
}

/** Whether a text has letters or digits that the alphabet has not, with or without accents; then the provider sends all of it as UCS-2. */
export function needsUcs2(text: string): boolean {
  return Array.from(text).some((letter) => /[\p{L}\p{N}]/u.test(letter) && inGsm(letter) === '?');
}

/**
 * The page as a text message: what it is, cut where it is too long, and the whole link. In the alphabet of text messages it is one to three
 * parts. A title of other letters keeps them, and takes one part more where the link alone fills three of the shorter ones.
 */
export function textMessage(page: PageContent): string {
  const { incident, respondUrl, possiblyAgain } = page;
  const begin = `[${shortSeverity(incident.severity)}] ${inGsm(nameOf(incident))} `;
  const end = `${possiblyAgain ? ' (possibly again)' : ''}\nAcknowledge: ${respondUrl}`;
  const title = oneLine(incident.title);
  if (needsUcs2(title)) return `${begin}${shortened(title, roomBeside(begin.length + end.length))}${end}`;
  const room = MOST_SEPTETS - septets(begin) - septets(end);
  return `${begin}${cutTo(inGsm(title), room)}${end}`;
}

/** What a title may take beside so much: what is left of three parts, or of as many as give it something. */
function roomBeside(taken: number): number {
  const parts = Math.max(3, Math.ceil((taken + LEAST_OF_TITLE) / UNITS_OF_PART));
  return parts * UNITS_OF_PART - taken;
}

const shortened = (title: string, room: number): string =>
  title.length <= room ? title : `${cut(title, room - 1)}…`;

function cutTo(text: string, room: number): string {
  if (septets(text) <= room) return text;
  let used = 3;
  let kept = '';
  for (const letter of text) {
    used += septets(letter);
    if (used > room) break;
    kept += letter;
  }
  return room < 3 ? '' : `${kept}...`;
}
