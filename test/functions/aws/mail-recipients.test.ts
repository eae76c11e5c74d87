import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
  VerifyEmailIdentityCommand,
} from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../../functions/edge/log.ts';
import { reach } from '../../../functions/edge/reach.ts';

const ses = mockClient(SESClient);
afterAll(() => ses.restore());

type Statuses = Readonly<Record<string, 'Success' | 'Pending' | 'Failed'>>;

/** An account that may send so many mails a day and knows these identities. */
function account(perDay: number, statuses: Statuses = {}): void {
  ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: perDay });
  ses.on(GetIdentityVerificationAttributesCommand).callsFake(({ Identities }) => ({
    VerificationAttributes: Object.fromEntries(
      Object.entries(statuses)
        .filter(([identity]) => Identities.includes(identity))
        .map(([identity, VerificationStatus]) => [identity, { VerificationStatus }]),
    ),
  }));
  ses.on(VerifyEmailIdentityCommand).resolves({});
}

const asked = () =>
  ses.commandCalls(VerifyEmailIdentityCommand).map(({ args: [{ input }] }) => input.EmailAddress);
const statesOf = async (...emails: readonly string[]) =>
  (await reach(emails)).map(({ email, state }) => [email, state]);

beforeEach(() => {
  ses.reset();
  vi.restoreAllMocks();
});

describe('adding an e-mail contact', () => {
  it('in the SES sandbox asks SES to verify the address, and says so', async () => {
    account(200);
    const [notice, ...others] = await reach(['ann@acme.io']);
    expect(others).toEqual([]);
    expect(notice).toEqual({
      email: 'ann@acme.io',
      state: 'asked',
      message: expect.stringMatching(/^The AWS account is in the SES sandbox.* a mail with a link/),
    });
    expect(asked()).toEqual(['ann@acme.io']);
  });

  it('asks nothing for an address that is verified, or whose domain is', async () => {
    account(200, { 'ann@acme.io': 'Success', 'corp.io': 'Success' });
    expect(await statesOf('ann@acme.io', 'bob@corp.io', 'bob@corp.io')).toEqual([]);
    expect(asked()).toEqual([]);
  });

  it('asks an address once while its link is out, and again after that failed', async () => {
    account(200, { 'ann@acme.io': 'Pending', 'bob@acme.io': 'Failed' });
    expect(await statesOf('ann@acme.io', 'bob@acme.io')).toEqual([
      ['ann@acme.io', 'waiting'],
      ['bob@acme.io', 'asked'],
    ]);
    expect(asked()).toEqual(['bob@acme.io']);
  });

  it.each([50_000, -1])('outside of the sandbox (%i mails a day) asks for nothing more', async (perDay) => {
    account(perDay);
    expect(await reach(['ann@acme.io'])).toEqual([]);
    expect(ses.calls()).toHaveLength(1);
  });

  it('asks nothing when there is no address', async () => {
    expect(await reach([])).toEqual([]);
    expect(ses.calls()).toHaveLength(0);
  });
});

describe('when SES does not answer as it should', () => {
  it('the address is said to be unknown, and whoever was added stays added', async () => {
    const warned = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
    ses.on(GetSendQuotaCommand).rejects(new Error('Throttling'));
    expect(await statesOf('ann@acme.io')).toEqual([['ann@acme.io', 'unknown']]);
    expect(warned).toHaveBeenCalledOnce();
  });

  it('or will not verify one, or there are too many at once, each is named as not asked', async () => {
    vi.spyOn(log, 'warn').mockImplementation(() => undefined);
    account(200);
    ses.on(VerifyEmailIdentityCommand, { EmailAddress: 'a0@acme.io' }).rejects(new Error('Throttling'));
    const many = Array.from({ length: 7 }, (_, i) => `a${i}@acme.io`);
    const states = await statesOf(...many);
    expect(states.filter(([, state]) => state === 'not-asked').map(([email]) => email)).toEqual([
      'a0@acme.io',
      'a5@acme.io',
      'a6@acme.io',
    ]);
    expect(asked()).toEqual(many.slice(0, 5));
  });

  it.each(['quota', 'statuses', 'asking'])(
    'for longer than four seconds in all (%s), the rest is said to be unknown, and it is asked nothing more',
    async (at) => {
      vi.spyOn(log, 'warn').mockImplementation(() => undefined);
      const time = new AbortController();
      const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(time.signal);
      account(200);
      // As the SDK does: what has a signal fails once that is raised, and what has none would hang.
      const hangs = async () => {
        time.abort();
        const { args } = ses.send.lastCall as unknown as { args: [unknown, { abortSignal?: AbortSignal }?] };
        if (!args[1]?.abortSignal?.aborted) throw new Error('This call has no end');
        throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
      };
      if (at === 'quota') ses.on(GetSendQuotaCommand).callsFake(hangs);
      if (at === 'statuses') ses.on(GetIdentityVerificationAttributesCommand).callsFake(hangs);
      ses.on(VerifyEmailIdentityCommand, { EmailAddress: 'a1@acme.io' }).callsFake(hangs);
      const states = await statesOf('a0@acme.io', 'a1@acme.io', 'a2@acme.io');
      expect(timeout.mock.calls).toEqual([[4_000]]);
      const first = at === 'asking' ? 'asked' : 'unknown';
      expect(states.map(([, state]) => state)).toEqual([first, 'unknown', 'unknown']);
      expect(asked()).toEqual(at === 'asking' ? ['a0@acme.io', 'a1@acme.io'] : []);
    },
  );
});
