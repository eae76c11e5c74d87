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
