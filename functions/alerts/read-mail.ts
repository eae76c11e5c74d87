import PostalMime, { type Address, type Email } from 'postal-mime';
import { mailHeaders } from '../../shared/alerts/index.ts';
import { log } from '../edge/log.ts';

/** What the source `email` translates. */
export interface MailBody {
  readonly from: string;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly date?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Boundaries and addresses of more parts than a person would send are not followed. */
const LEVELS = 20;

/** So much of a mail that cannot be read as one is shown as it came. */
const SHOWN = 5_000;

/** Reads a mail as it was sent; what is no mail is its own text, so that nothing that arrived is thrown away. */
export async function readMail(raw: Uint8Array): Promise<MailBody> {
  const mail = await parsed(raw);
  if (mail === undefined) {
    const text = new TextDecoder().decode(raw.subarray(0, SHOWN));
    return { from: '', subject: 'A mail that could not be read', text, headers: {} };
  }
  const known = mail.headers.filter(({ key }) => (mailHeaders as readonly string[]).includes(key));
  return {
    from: addressOf(mail.from ?? mail.sender),
    subject: mail.subject ?? '',
    ...(mail.text !== undefined && { text: mail.text }),
    ...(mail.html !== undefined && { html: mail.html }),
    ...(mail.date !== undefined && { date: mail.date }),
    headers: Object.fromEntries(known.map(({ key, value }) => [key, value.slice(0, 500)])),
  };
}

/** Undefined for what the parser refuses: a mail that is nested, or has headers, without end. */
async function parsed(raw: Uint8Array): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(raw, { maxNestingDepth: LEVELS, rfc822Attachments: true });
  } catch (error) {
    log.warn('a mail could not be read', { reason: error instanceof Error ? error.message : 'unknown' });
    return undefined;
  }
}

function addressOf(address: Address | undefined): string {
  return address?.address ?? address?.group?.[0]?.address ?? '';
}

/** The key and the tag in an address of ours, such as `<key>+checkout@alerts.example.com`. */
export function mailboxOf(address: string): { readonly key: string; readonly tag: string | undefined } {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@')));
  const plus = local.indexOf('+');
  const [key, tag] = plus === -1 ? [local, ''] : [local.slice(0, plus), local.slice(plus + 1)];
  return { key: key.trim().toLowerCase(), tag: tag === '' ? undefined : tag };
}
