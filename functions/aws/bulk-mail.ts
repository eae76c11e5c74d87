import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { MINUTE, oneLine } from '../../shared/kernel/index.ts';
import { ExpiringCache } from './expiring-cache.ts';
import type { Mail } from './mail.ts';
import { setting } from './settings.ts';

const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };

// Not tried again by itself: what got no answer may be sent already, and whoever calls keeps count of that.
const client = new SESv2Client({ maxAttempts: 1, requestHandler });
const account = new SESClient({ requestHandler });

/** A mail to one of many, with headers of its own. */
export interface BulkMail extends Mail {
  readonly headers: Readonly<Record<string, string>>;
}

/** Hands a mail to the provider. Subject and headers lose whatever could begin another header. */
export async function sendBulkMail({ to, subject, text, html, headers }: BulkMail): Promise<void> {
  const content = (Data: string) => ({ Data, Charset: 'UTF-8' });
  await client.send(
    new SendEmailCommand({
      FromEmailAddress: setting('mailFrom'),
      Destination: { ToAddresses: [oneLine(to)] },
      Content: {
        Simple: {
          Subject: content(oneLine(subject)),
          Body: { Text: content(text), Html: content(html) },
          Headers: Object.entries(headers).map(([Name, value]) => ({ Name, Value: oneLine(value) })),
        },
      },
    }),
  );
}

/** What the account may send. */
export interface SendQuota {
  /** Mails in a second. */
  readonly rate: number;
  /** Whether half of what may be sent in a day is sent, by whomever. */
  readonly isHalfSpent: boolean;
}

const quotas = new ExpiringCache<SendQuota>(1);

/** What the account may send. SES answers this once a second, so it is kept for a minute. */
export async function accountQuota(): Promise<SendQuota> {
  const known = quotas.get('account');
  if (known !== undefined) return known.value;
  const told = await account.send(new GetSendQuotaCommand({}));
  const { MaxSendRate: rate, Max24HourSend: daily = -1, SentLast24Hours: sent = 0 } = told;
  if (rate === undefined) throw new Error('SES told no send rate');
  // A quota below zero is none.
  const quota = { rate, isHalfSpent: daily > 0 && sent >= daily / 2 };
  quotas.set('account', quota, MINUTE);
  return quota;
}

/**
 * What a failure of the provider means: `refused` concerns this address for good, `failed` all of them for now and nothing was sent,
 * `unknown` leaves open whether it was.
 */
export function bulkOutcome(error: unknown): 'refused' | 'failed' | 'unknown' {
  if (!(error instanceof Error)) return 'unknown';
  const isOfAddress = ['MessageRejected', 'BadRequestException'].includes(error.name);
  if (isOfAddress && !namesSender(error.message)) return 'refused';
  return '$fault' in error && error.$fault === 'client' ? 'failed' : 'unknown';
}

/** SES rejects a mail by the same name when the sender is not verified any more, and names it: nobody must lose an update by that. */
const namesSender = (message: string): boolean =>
  message.toLowerCase().includes((/[^\s<>]+@[^\s<>]+/.exec(setting('mailFrom'))?.[0] ?? '@').toLowerCase());
