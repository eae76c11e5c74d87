import * as z from 'zod';

/** What is known of an address that may not be mailed yet. */
export const mailStates = ['asked', 'waiting', 'not-asked', 'unknown'] as const;
export type MailState = (typeof mailStates)[number];

/** Told of an address that the mail provider does not mail yet, because the account is in its sandbox. */
export const mailNotice = z
  .strictObject({
    email: z.string(),
    state: z.enum(mailStates).meta({
      description:
        '`asked`: the provider has just sent it a link to confirm it. `waiting`: it did so before, and the link was not opened. `not-asked`: that did not work. `unknown`: the provider did not tell.',
    }),
    message: z.string(),
  })
  .meta({ id: 'MailNotice' });

export type MailNotice = Readonly<z.infer<typeof mailNotice>>;

const sandbox = 'The AWS account is in the SES sandbox, where only confirmed addresses can be mailed';
const until = 'Until then pages to it are refused and go to whoever is next';

const messages: Readonly<Record<MailState, string>> = {
  asked: `${sandbox}: SES has sent this one a mail with a link to open. ${until}.`,
  waiting: `${sandbox}: SES has asked this one before, and the link was not opened. It is good for 24 hours; remove the identity in SES to be asked anew. ${until}.`,
  'not-asked': `${sandbox}, and SES could not be asked to mail this one a link. Create the identity in SES by hand. ${until}.`,
  unknown: 'SES did not say whether it would mail this address. `npm run doctor` tells what is missing.',
};

/** The notice for an address in this state. */
export const mailNoticeOf = (email: string, state: MailState): MailNotice => ({
  email,
  state,
  message: messages[state],
});

/** Most mails that an account in the SES sandbox may send in 24 hours; accounts outside of it may send far more. */
const SANDBOX_QUOTA = 200;

/** Whether a daily quota of SES is that of the sandbox. Below zero stands for no limit. */
export function isSandboxQuota(mailsPerDay: number): boolean {
  return mailsPerDay >= 0 && mailsPerDay <= SANDBOX_QUOTA;
}

/** What SES must know for this address to be mailed: the address itself, or its domain. */
export function identitiesOf(email: string): readonly [address: string, domain: string] {
  return [email, email.slice(email.lastIndexOf('@') + 1).toLowerCase()];
}

/**
 * Which addresses cannot be mailed yet, and whether SES is asking them already, by the verification status of each identity
 * (`Success`, `Pending`, or another that means no).
 */
export function unconfirmed(
  emails: readonly string[],
  statuses: ReadonlyMap<string, string>,
): readonly { readonly email: string; readonly asked: boolean }[] {
  return [...new Set(emails)].flatMap((email) => {
    const known = identitiesOf(email).map((identity) => statuses.get(identity));
    return known.includes('Success') ? [] : [{ email, asked: known[0] === 'Pending' }];
  });
}
