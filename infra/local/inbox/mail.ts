import type { TextMessage } from '../engines/text-messages.ts';
import type { Engines } from '../resource.ts';

/** A mail as the local SES keeps it; `at` in seconds since the epoch, by the runner's clock. */
export interface Mail {
  readonly messageId: string;
  readonly from: string;
  readonly destination: {
    readonly to: readonly string[];
    readonly cc: readonly string[];
    readonly bcc: readonly string[];
  };
  readonly subject: string;
  readonly body: { readonly html?: string; readonly text?: string };
  readonly at: number;
}

/** All mails in the local SES, newest first. Throws when it does not answer. */
export async function mails(ses: string): Promise<Mail[]> {
  const response = await fetch(`${ses}/store`);
  if (!response.ok) throw new Error(`the local SES answered ${response.status}`);
  const { emails } = (await response.json()) as { emails: Mail[] };
  return emails.reverse();
}

/** All mails and text messages, newest first; a text message is shown as a mail to its number. */
export async function received({ ses, sns }: Pick<Engines, 'ses' | 'sns'>): Promise<Mail[]> {
  const [letters, texts] = await Promise.all([mails(ses), textMessages(sns)]);
  const shown = texts.map(({ messageId, to, text, from, at }) => ({
    ...{ messageId, at, body: { text }, subject: text.split('\n')[0] ?? '' },
    from: from === '' ? 'Text message' : `Text message of ${from}`,
    destination: { to: [to], cc: [], bcc: [] },
  }));
  return [...letters, ...shown].sort((a, b) => b.at - a.at);
}

async function textMessages(sns: string): Promise<readonly TextMessage[]> {
  if (sns === '') return [];
  const response = await fetch(`${sns}/store`);
  if (!response.ok) throw new Error(`the local SNS answered ${response.status}`);
  return ((await response.json()) as { messages: readonly TextMessage[] }).messages;
}
