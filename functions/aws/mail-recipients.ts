import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
  VerifyEmailIdentityCommand,
} from '@aws-sdk/client-ses';
import {
  identitiesOf,
  isSandboxQuota,
  type MailNotice,
  type MailState,
  mailNoticeOf,
  unconfirmed,
} from '../../shared/identity/index.ts';
import { type Duration, SECOND } from '../../shared/kernel/index.ts';
import { chunked } from './chunked.ts';

// SES allows one of these a second, so a few tries are made; a request to us does not wait for longer.
const client = new SESClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

/** SES is asked about at most 100 identities at once; none is longer than 320. */
const inQuestions = (identities: readonly string[]) =>
  chunked(identities, { count: 100, size: 32_000, sizeOf: ({ length }) => length });
/** Addresses that one request of ours asks to confirm; the others are told apart and can be asked by the next. */
const MOST_ASKED = 5;

/** All questions together: what they are asked for is stored already, and its answer must not wait for longer. */
const ASKING: Duration = 4 * SECOND;

/** Hears of what did not work. */
type Tell = (what: string, error: unknown) => void;

/**
 * Makes sure that these addresses can be mailed: outside of the SES sandbox all can, and nothing is told. Inside, SES is asked to
 * verify those that it does not know. Never throws: whoever was added stays added.
 */
export async function makeReachable(emails: readonly string[], tell: Tell): Promise<readonly MailNotice[]> {
  if (emails.length === 0) return [];
  const abortSignal = AbortSignal.timeout(ASKING);
  try {
    const { Max24HourSend } = await client.send(new GetSendQuotaCommand({}), { abortSignal });
    if (Max24HourSend === undefined) throw new Error('SES told no quota');
    if (!isSandboxQuota(Max24HourSend)) return [];
    const statuses = await statusesOf(emails.flatMap(identitiesOf), abortSignal);
    return await askAll(unconfirmed(emails, statuses), tell, abortSignal);
  } catch (error) {
    tell('SES did not say who can be mailed', error);
    return emails.map((email) => mailNoticeOf(email, 'unknown'));
  }
}

async function statusesOf(
  identities: readonly string[],
  abortSignal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const statuses = new Map<string, string>();
  for (const Identities of inQuestions([...new Set(identities)])) {
    const { VerificationAttributes = {} } = await client.send(
      new GetIdentityVerificationAttributesCommand({ Identities }),
      { abortSignal },
    );
    for (const [identity, { VerificationStatus = '' }] of Object.entries(VerificationAttributes))
      statuses.set(identity, VerificationStatus);
  }
  return statuses;
}

async function askAll(
  missing: ReturnType<typeof unconfirmed>,
  tell: Tell,
  abortSignal: AbortSignal,
): Promise<readonly MailNotice[]> {
  const notices: MailNotice[] = [];
  let asked = 0;
  for (const { email, asked: before } of missing) {
    const state = before
      ? 'waiting'
      : asked++ < MOST_ASKED
        ? await ask(email, tell, abortSignal)
        : 'not-asked';
    notices.push(mailNoticeOf(email, state));
  }
  return notices;
}

/** When no time is left, it is not known whether SES asks. */
async function ask(email: string, tell: Tell, abortSignal: AbortSignal): Promise<MailState> {
  if (abortSignal.aborted) return 'unknown';
  try {
    await client.send(new VerifyEmailIdentityCommand({ EmailAddress: email }), { abortSignal });
    return 'asked';
  } catch (error) {
    tell('SES was not asked to verify an address', error);
    return abortSignal.aborted ? 'unknown' : 'not-asked';
  }
}
