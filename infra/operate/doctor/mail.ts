import {
  GetAccountCommand,
  type GetAccountCommandOutput,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
  type SESv2ClientConfig,
} from '@aws-sdk/client-sesv2';
import { type Finding, found, missing, ok, warn } from './finding.ts';

type Config = Pick<SESv2ClientConfig, 'region'>;

/** Whether mails can go out, and to whom. */
export function mail(config: Config, from: string | undefined): Promise<readonly Finding[]> {
  const client = new SESv2Client(config);
  return Promise.all([
    found('E-mail of the account', 'ses:GetAccount', async () =>
      ofAccount(await client.send(new GetAccountCommand({}))),
    ),
    from === undefined
      ? []
      : found(`The sender ${from}`, 'ses:GetEmailIdentity', async () => [await sender(client, from)]),
  ])
    .then((findings) => findings.flat())
    .finally(() => client.destroy());
}

function ofAccount(account: GetAccountCommandOutput): readonly Finding[] {
  return [sandbox(account), sending(account), quota(account)].flat();
}

function sandbox({ ProductionAccessEnabled, Details }: GetAccountCommandOutput): Finding {
  if (ProductionAccessEnabled) return ok('E-mail may go to anybody: the account is out of the SES sandbox');
  const review = Details?.ReviewDetails?.Status;
  const asked = review === undefined ? '' : ` The request to leave it is in state ${review}.`;
  return warn(
    `The account is in the SES sandbox: only confirmed addresses get pages, 200 mails a day.${asked}`,
    'Ask AWS to let it out: console, Amazon SES, Get set up, Request production access; docs/first-deploy.md has the wording. Until then everybody who is paged opens the link that SES sends them.',
  );
}

function sending({ SendingEnabled, EnforcementStatus = 'HEALTHY' }: GetAccountCommandOutput): Finding {
  const mend =
    'Look at the e-mails from AWS and at console, Amazon SES, Reputation metrics; answer the open case.';
  if (SendingEnabled !== true) return missing('Sending e-mail is paused for this account', mend);
  if (EnforcementStatus === 'HEALTHY') return ok('Sending e-mail is enabled');
  return warn(`Sending e-mail is under review by AWS: ${EnforcementStatus}`, mend);
}

function quota({ SendQuota }: GetAccountCommandOutput): readonly Finding[] {
  const { Max24HourSend: most = -1, SentLast24Hours: sent = 0 } = SendQuota ?? {};
  if (most < 0) return [];
  const what = `${sent} of ${most} mails of the last 24 hours are used up`;
  if (sent <= 0.8 * most) return [ok(what)];
  return [warn(what, 'Ask for more: console, Service Quotas, Amazon SES, Sending quota.')];
}

async function sender(client: SESv2Client, from: string): Promise<Finding> {
  const mend = `Open the link in the mail that AWS sent to ${from} ("Email Address Verification Request"). It is good for 24 hours; console, Amazon SES, Identities sends another.`;
  try {
    const identity = await client.send(new GetEmailIdentityCommand({ EmailIdentity: from }));
    if (identity.VerifiedForSendingStatus) return ok(`The sender ${from} is confirmed`);
    return missing(`The sender ${from} is not confirmed (${identity.VerificationStatus ?? 'unknown'})`, mend);
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
    return missing(`SES does not know the sender ${from}`, 'Run npx cdk deploy, which makes it known.');
  }
}
