import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { oneLine } from '../../shared/kernel/index.ts';
import { setting } from './settings.ts';

// Tried once, on a new connection: a second try in here would be a page that does not say "possibly again", and a connection
// that idled while the environment was frozen may be closed already.
const client = new SESClient({
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
    httpsAgent: { keepAlive: false },
    httpAgent: { keepAlive: false },
  },
});

/** A mail to one address, in both forms. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands a mail to the provider and returns the provider's id of it. The subject loses whatever could begin another header. */
export async function sendMail({ to, subject, text, html }: Mail): Promise<string> {
  if (hasControls(to)) throw new Error('A mail address has control characters');
  const { MessageId } = await client.send(
    new SendEmailCommand({
      Source: setting('mailFrom'),
      Destination: { ToAddresses: [to] },
      Message: {
        Subject: { Data: oneLine(subject), Charset: 'UTF-8' },
        Body: { Text: { Data: text, Charset: 'UTF-8' }, Html: { Data: html, Charset: 'UTF-8' } },
      },
    }),
  );
  if (MessageId === undefined) throw new Error('The mail provider gave no message id');
  return MessageId;
}

/** What the names of the provider's refusals mean. Anything else may pass by itself and is only tried again. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['MessageRejected', 'the mail was rejected'],
  ['MailFromDomainNotVerifiedException', 'the domain of the sender is not verified'],
  ['AccountSendingPausedException', 'sending is paused for this account'],
]);

/**
 * Why the provider will not take a mail as things are, in words for people; undefined when the fault is another. The provider's
 * own words name addresses, so they are not passed on.
 */
export function mailRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const said = isQuotaUsedUp(error)
    ? 'the account has sent as much as it may in a day'
    : refusals.get(error.name);
  if (said === undefined) return undefined;
  const unverified = /not verified/i.test(error.message);
  const why = unverified
    ? 'an address is not verified: the sender’s, or while the account is in the SES sandbox the recipient’s'
    : said;
  return `Amazon SES refused it, because ${why}. \`npm run doctor\` tells what to do.`;
}

/** SES names it like too many calls in a second, which pass at once; this one lasts for hours. */
const isQuotaUsedUp = ({ name, message }: Error): boolean =>
  /^(Throttling|LimitExceeded)/.test(name) && /daily (message|sending) quota exceeded/i.test(message);

/** Control characters and the Unicode line ends. */
const hasControls = (text: string): boolean => /[\p{Cc}\u2028\u2029]/u.test(text);
