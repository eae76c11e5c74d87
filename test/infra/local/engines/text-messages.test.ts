import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTextMessages } from '../../../../infra/local/engines/text-messages.ts';
import { received } from '../../../../infra/local/inbox/mail.ts';
import { mailEngine, type TestEngine } from '../../../support/test-engines.ts';
import { clientOf } from '../proxy/engines.ts';

let engine: Awaited<ReturnType<typeof startTextMessages>>;
let mail: TestEngine;
let client: SNSClient;
beforeAll(async () => {
  [engine, mail] = await Promise.all([startTextMessages(() => 1_700_000_000_000), mailEngine()]);
  client = clientOf(SNSClient, engine.endpoint);
});
afterAll(async () => {
  client.destroy();
  await Promise.all([engine.stop(), mail.stop()]);
});

const publish = (PhoneNumber: string, Message: string) =>
  client.send(
    new PublishCommand({
      PhoneNumber,
      Message,
      MessageAttributes: {
        'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'Pager' },
      },
    }),
  );

describe('the text messages of the local SNS', () => {
  test('are taken with an id, and seen in the inbox under their number', async () => {
    const { MessageId } = await publish('+41791234567', '[P1] down\nAcknowledge: https://x & y');
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await received({ ses: mail.url, sns: engine.endpoint })).toEqual([
      {
        messageId: MessageId,
        from: 'Text message of Pager',
        destination: { to: ['+41791234567'], cc: [], bcc: [] },
        subject: '[P1] down',
        body: { text: '[P1] down\nAcknowledge: https://x & y' },
        at: 1_700_000_000,
      },
    ]);
  });
  test.each([
    ['a number that is none', '0791234567', 'x'],
    ['nothing', '+41791234567', ''],
    ['more than SNS takes', '+41791234567', 'x'.repeat(1_601)],
  ])('to %s are refused as SNS does', async (_, to, text) => {
    await expect(publish(to, text)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
  test('are all that it has: no topics', async () => {
    await expect(client.send(new CreateTopicCommand({ Name: 'x' }))).rejects.toThrow('has no CreateTopic');
  });
});
