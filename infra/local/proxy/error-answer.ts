import { type Answer, textAnswer } from './answer.ts';
import type { Service } from './call.ts';

/** An error of a service: its name in the service's own words. */
export interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** More members of the body, where the service speaks JSON. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Errors that come from what stands before every service, not from the service. */
const common = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);
const coral = 'com.amazon.coral.service#';

type Form = (error: ServiceError) => Answer;

const json =
  (version: string, prefix: string, member: 'message' | 'Message'): Form =>
  ({ status, code, message, more }) =>
    textAnswer(
      status,
      JSON.stringify({ __type: `${common.has(code) ? coral : prefix}${code}`, [member]: message, ...more }),
      {
        'content-type': `application/x-amz-json-${version}`,
      },
    );

const rest =
  (member: 'message' | 'Message'): Form =>
  ({ status, code, message }) =>
    textAnswer(status, JSON.stringify({ [member]: message }), {
      'content-type': 'application/json',
      'x-amzn-errortype': code,
    });

const escaped = (text: string): string =>
  text.replace(/[<>&]/g, (one) => ({ '<': '&lt;', '>': '&gt;' })[one] ?? '&amp;');

/** An error of the query protocol. */
const query =
  (namespace: string): Form =>
  ({ status, code, message }) =>
    textAnswer(
      status,
      `<ErrorResponse xmlns="${namespace}"><Error>` +
        `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${escaped(message)}</Message>` +
        '</Error><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>',
      { 'content-type': 'text/xml' },
    );

/** How each service writes an error. */
const forms: Readonly<Record<Service, Form>> = {
  dynamodb: json('1.0', 'com.amazonaws.dynamodb.v20120810#', 'message'),
  secrets: json('1.1', '', 'Message'),
  ssm: json('1.1', '', 'message'),
  sqs: (error) => {
    const answer = json('1.0', 'com.amazonaws.sqs#', 'message')(error);
    // Clients that knew the older protocol look for the older names here.
    const query = `${error.code};${error.status < 500 ? 'Sender' : 'Receiver'}`;
    return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': query } };
  },
  ses: query('http://ses.amazonaws.com/doc/2010-12-01/'),
  sns: query('http://sns.amazonaws.com/doc/2010-03-31/'),
  s3: ({ status, code, message }) =>
    textAnswer(
      status,
      `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`,
      { 'content-type': 'application/xml' },
    ),
  bedrock: rest('message'),
  lambda: rest('Message'),
  sockets: rest('message'),
};

/** An error as a service answers it, so that the SDK throws what it throws with AWS. */
export const errorAnswer = (service: Service, error: ServiceError): Answer => forms[service](error);
