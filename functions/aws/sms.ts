import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { SettingsOf } from '../../shared/on-call/index.ts';

// Tried once, on a new connection, for the reasons of functions/aws/mail.ts.
const client = new SNSClient({
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
    httpsAgent: { keepAlive: false },
    httpAgent: { keepAlive: false },
  },
});

/** Hands a text message to the provider and returns the provider's id of it. */
export async function sendSms(
  to: string,
  text: string,
  { senderId, originationNumber }: SettingsOf<'sms'>,
): Promise<string> {
  const said = (value: string) => ({ DataType: 'String', StringValue: value });
  const { MessageId } = await client.send(
    new PublishCommand({
      PhoneNumber: to,
      Message: text,
      MessageAttributes: {
        'AWS.SNS.SMS.SMSType': said('Transactional'),
        ...(senderId !== undefined && { 'AWS.SNS.SMS.SenderID': said(senderId) }),
        ...(originationNumber !== undefined && { 'AWS.MM.SMS.OriginationNumber': said(originationNumber) }),
      },
    }),
  );
  if (MessageId === undefined) throw new Error('The provider of text messages gave no message id');
  return MessageId;
}

/** What the names of the provider's refusals mean. Anything else may pass by itself and is only tried again. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['InvalidParameterException', 'the number or the sender is not one that it can use'],
  ['InvalidParameterValueException', 'the number or the sender is not one that it can use'],
  ['AuthorizationErrorException', 'this system may not send text messages'],
  ['EndpointDisabledException', 'the number takes no messages'],
  ['UserErrorException', 'the account may not send to this number'],
]);

/** Why the provider will not take a text message as things are, in words for people; undefined when the fault is another. */
export function smsRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const why = /opted.?out/i.test(error.message)
    ? 'the number has opted out of messages'
    : refusals.get(error.name);
  return why === undefined ? undefined : `Amazon SNS refused it, because ${why}.`;
}
