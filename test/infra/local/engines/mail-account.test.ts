import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
  SendEmailCommand,
  VerifyEmailIdentityCommand,
} from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movingClock } from '../../../../infra/local/clock.ts';
import { type ShimmedWorker, startShimmed } from '../../../../infra/local/engines/shimmed-worker.ts';

let engine: ShimmedWorker;
let client: SESClient;
beforeAll(async () => {
  const module = new URL('../../../../infra/local/engines/mail-thread.ts', import.meta.url);
  engine = await startShimmed(module, {}, movingClock(Date.now()));
  client = new SESClient({
    endpoint: `http://127.0.0.1:${String(engine.ready)}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

describe('the local SES', () => {
  it('says that its account is out of the sandbox, and knows nobody who must be verified', async () => {
    expect(await client.send(new GetSendQuotaCommand({}))).toMatchObject({ Max24HourSend: 50_000 });
    const question = new GetIdentityVerificationAttributesCommand({ Identities: ['ann@example.com'] });
    expect((await client.send(question)).VerificationAttributes).toEqual({});
    await client.send(new VerifyEmailIdentityCommand({ EmailAddress: 'ann@example.com' }));
  });

  it('takes mails as before', async () => {
    const { MessageId } = await client.send(
      new SendEmailCommand({
        Source: 'pages@example.com',
        Destination: { ToAddresses: ['ann@example.com'] },
        Message: { Subject: { Data: 'Hello & good-bye = +1' }, Body: { Text: { Data: 'Text' } } },
      }),
    );
    expect(MessageId).toBeTruthy();
    const store = await fetch(`http://127.0.0.1:${String(engine.ready)}/store`);
    expect(await store.json()).toMatchObject({
      emails: [{ messageId: MessageId, subject: 'Hello & good-bye = +1' }],
    });
  });
});
