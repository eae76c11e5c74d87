import { nameOf } from '../../incidents/index.ts';
import { oneLine } from '../../kernel/index.ts';
import { type PageContent, shortSeverity } from '../page-content.ts';

/** What one septet of GSM 03.38 can say; those of the second list take two. */
const single = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const double = new Set('^{}\\[~]|€');

/** Septets of three parts: a message of more than one part gives seven of each to what joins them. */
export const MOST_SEPTETS = 3 * 153;

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

/** The page as a text message of one to three parts: what it is, cut where it is too long, and the whole link. */
export function textMessage(page: PageContent): string {
  const { incident, respondUrl, possiblyAgain } = page;
  const begin = `[${shortSeverity(incident.severity)}] ${inGsm(nameOf(incident))} `;
  const end = `${possiblyAgain ? ' (possibly again)' : ''}\nAcknowledge: ${respondUrl}`;
  const room = MOST_SEPTETS - septets(begin) - septets(end);
  return `${begin}${cutTo(inGsm(oneLine(incident.title)), room)}${end}`;
}

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
