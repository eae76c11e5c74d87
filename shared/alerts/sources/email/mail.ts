import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';

/** A mail as the receiving function reads it, before anything in it is trusted. */
export interface Mail {
  /** Address of the sender, in lower case. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** The `Date` header, in RFC 3339 where it could be read. */
  readonly date: unknown;
  /** What stood behind a `+` in the address that it was sent to. */
  readonly tag: string | undefined;
  /** Headers that say what kind of mail it is, under lower-case names. */
  readonly headers: JsonRecord;
}

/** Headers of a mail that are looked at, in lower case. */
export const mailHeaders = [
  'auto-submitted',
  'importance',
  'precedence',
  'x-alert-key',
  'x-auto-response-suppress',
  'x-priority',
] as const;

/** So much of a text is looked at, in UTF-16 units. */
const LOOKED_AT = 20_000;

export function readMail(body: unknown): Mail {
  const said = recordOf(body);
  const plain = textOf(said.text);
  const html = plain === undefined ? textOf(said.html) : undefined;
  return {
    from: (textOf(said.from) ?? '').slice(0, 320).trim().toLowerCase(),
    subject: (textOf(said.subject) ?? '').slice(0, 2_000),
    text: plain?.slice(0, LOOKED_AT) ?? (html === undefined ? '' : withoutTags(html.slice(0, LOOKED_AT))),
    date: said.date,
    tag: textOf(said.tag)?.slice(0, 100),
    headers: recordOf(said.headers),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&nbsp;': ' ', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' },
};

/** The words of an HTML text for a title and a description, which are shown as plain text. */
function withoutTags(html: string): string {
  // Each part ends where a style or script ends; what begins one is cut off, in one pass however many there are.
  const parts = html.split(/<\/(?:style|script|head)>/i).map((part, place, all) => {
    const begin = place < all.length - 1 ? part.search(/<(?:style|script|head)\b/i) : -1;
    return begin === -1 ? part : part.slice(0, begin);
  });
  return parts
    .join(' ')
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d)\b[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/&(?:nbsp|lt|gt|quot|amp|#39);/g, (entity) => ENTITIES[entity] ?? ' ')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** Why a mail is no alert: somebody's machine answered, or the mail system itself. */
export function notAnAlert({ from, headers }: Mail): string | undefined {
  const submitted = textOf(headers['auto-submitted'])?.toLowerCase();
  const answers =
    submitted?.startsWith('auto-replied') || /^auto_?reply/i.test(textOf(headers.precedence) ?? '');
  if (answers) return 'The mail is the answer of an absent person or of a machine.';
  return /^(mailer-daemon|postmaster)@/.test(from)
    ? 'The mail is a report of a mail system, not an alert.'
    : undefined;
}
