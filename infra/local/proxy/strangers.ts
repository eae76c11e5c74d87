import type { Answer } from './answer.ts';
import type { Service } from './call.ts';
import { errorAnswer, type ServiceError } from './error-answer.ts';

/** What is wrong with a request that nobody who is known has signed. */
export type Stranger = 'unsigned' | 'unknown key';

const missing = 'Request is missing Authentication Token';
const invalid = 'The security token included in the request is invalid.';

const json: Readonly<Record<Stranger, ServiceError>> = {
  unsigned: { status: 400, code: 'MissingAuthenticationTokenException', message: missing },
  'unknown key': { status: 400, code: 'UnrecognizedClientException', message: invalid },
};
const query: Readonly<Record<Stranger, ServiceError>> = {
  unsigned: { status: 403, code: 'MissingAuthenticationToken', message: missing },
  'unknown key': { status: 403, code: 'InvalidClientTokenId', message: invalid },
};
const rest: Readonly<Record<Stranger, ServiceError>> = {
  unsigned: { ...json.unsigned, status: 403, message: 'Missing Authentication Token' },
  'unknown key': { ...json['unknown key'], status: 403 },
};

/** Each service in the words of its list of common errors; S3 knows anonymous callers, who may do nothing here. */
const refusals: Readonly<Record<Service, Readonly<Record<Stranger, ServiceError>>>> = {
  dynamodb: json,
  secrets: json,
  ssm: json,
  sqs: query,
  ses: query,
  sns: query,
  s3: {
    unsigned: { status: 403, code: 'AccessDenied', message: 'Access Denied' },
    'unknown key': {
      status: 403,
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    },
  },
  bedrock: rest,
  lambda: rest,
  sockets: rest,
};

/** What AWS says to whoever it does not know. */
export const strangerRefused = (service: Service, why: Stranger): Answer =>
  errorAnswer(service, refusals[service][why]);
