import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JsonEngine } from './json-engine.ts';
import { serve } from './serve.ts';

/** A text message as it was handed over; `at` in seconds since the epoch, by the runner's clock. */
export interface TextMessage {
  readonly messageId: string;
  readonly to: string;
  readonly text: string;
  readonly from: string;
  readonly at: number;
}

/** The most characters that SNS takes of one message. */
const LONGEST = 1_600;

/** Starts an SNS that knows text messages alone, keeps them in memory, and shows them at `/store`. */
export async function startTextMessages(now: () => number): Promise<JsonEngine> {
  const messages: TextMessage[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/store') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ messages }));
      return;
    }
    text(request).then(
      (body) => {
        const { status, content } = answerTo(new URLSearchParams(body), messages, now);
        response.writeHead(status, { 'content-type': 'text/xml' }).end(content);
      },
      () => response.destroy(),
    );
  });
  return serve(server);
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

function answerTo(form: URLSearchParams, messages: TextMessage[], now: () => number) {
  const action = form.get('Action') ?? '';
  const [to, said] = [form.get('PhoneNumber') ?? '', form.get('Message') ?? ''];
  if (action !== 'Publish' || form.has('TopicArn') || form.has('TargetArn'))
    return refusal('InvalidAction', `The local runner has no ${action} of SNS but to a telephone number`);
  if (!/^\+[1-9]\d{6,14}$/.test(to))
    return refusal(
      'InvalidParameter',
      `Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to`,
    );
  if (said === '') return refusal('InvalidParameter', 'Invalid parameter: Empty message');
  if (said.length > LONGEST) return refusal('InvalidParameter', 'Invalid parameter: Message too long');
  const messageId = randomUUID();
  messages.push({ messageId, to, text: said, from: senderIn(form), at: now() / 1_000 });
  const result = `<PublishResult><MessageId>${messageId}</MessageId></PublishResult>`;
  const content = `<PublishResponse xmlns="${namespace}">${result}<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></PublishResponse>`;
  return { status: 200, content };
}

/** Whom it says that it comes from: attributes are numbered in the form. */
function senderIn(form: URLSearchParams): string {
  const named = new Map<string, string>();
  for (let entry = 1; form.has(`MessageAttributes.entry.${entry}.Name`); entry++)
    named.set(
      form.get(`MessageAttributes.entry.${entry}.Name`) ?? '',
      form.get(`MessageAttributes.entry.${entry}.Value.StringValue`) ?? '',
    );
  return named.get('AWS.SNS.SMS.SenderID') ?? named.get('AWS.MM.SMS.OriginationNumber') ?? '';
}

const refusal = (code: string, message: string) => ({
  status: 400,
  content: `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message.replaceAll(/[<>&]/g, ' ')}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
});
