import type { Answer } from './answer.ts';
import type { Service } from './call.ts';
import { errorAnswer, type ServiceError } from './error-answer.ts';

/** What AWS says when a role does not allow a call, or denies it explicitly. */
export function notAuthorized(
  service: Service,
  who: string,
  action: string,
  resource: string,
  isExplicit: boolean,
): Answer {
  const { status, code } = denials[service];
  // SQS alone writes actions in lower case.
  const named = service === 'sqs' ? action.toLowerCase() : action;
  const why = isExplicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${named} action`;
  const message =
    service === 'ses'
      ? `User \`${who}' is not authorized to perform \`${action}' on resource \`${resource}'`
      : `User: ${who} is not authorized to perform: ${named} on resource: ${resource} ${why}`;
  return errorAnswer(service, { status, code, message });
}

const denials: Readonly<Record<Service, { readonly status: number; readonly code: string }>> = {
  dynamodb: { status: 400, code: 'AccessDeniedException' },
  secrets: { status: 400, code: 'AccessDeniedException' },
  ssm: { status: 400, code: 'AccessDeniedException' },
  bedrock: { status: 403, code: 'AccessDeniedException' },
  sqs: { status: 403, code: 'AccessDenied' },
  ses: { status: 403, code: 'AccessDenied' },
  sns: { status: 403, code: 'AuthorizationError' },
  s3: { status: 403, code: 'AccessDenied' },
  lambda: { status: 403, code: 'AccessDeniedException' },
  sockets: { status: 403, code: 'AccessDeniedException' },
};

/** What AWS says when calls come too fast. */
export const throttled = (service: Service): Answer => errorAnswer(service, throttles[service]);

const throttles: Readonly<Record<Service, ServiceError>> = {
  dynamodb: {
    status: 400,
    code: 'ProvisionedThroughputExceededException',
    message:
      'The level of configured provisioned throughput for the table was exceeded. Consider increasing your ' +
      'provisioning level with the UpdateTable API.',
  },
  secrets: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
  ssm: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
  bedrock: { status: 429, code: 'ThrottlingException', message: 'Too many requests, please wait.' },
  sqs: { status: 400, code: 'RequestThrottled', message: 'Request is throttled.' },
  ses: { status: 400, code: 'Throttling', message: 'Maximum sending rate exceeded.' },
  sns: { status: 429, code: 'Throttled', message: 'Rate exceeded' },
  s3: { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
  lambda: { status: 429, code: 'TooManyRequestsException', message: 'Rate Exceeded.' },
  sockets: { status: 429, code: 'LimitExceededException', message: 'Too Many Requests' },
};

/** What AWS says when it is at fault itself. */
export const internalError = (service: Service): Answer => errorAnswer(service, failures[service]);

const failure = (code: string, status = 500): ServiceError => ({
  status,
  code,
  message: 'Internal server error',
});

const failures: Readonly<Record<Service, ServiceError>> = {
  dynamodb: failure('InternalServerError'),
  secrets: failure('InternalServiceError'),
  ssm: failure('InternalServerError'),
  bedrock: failure('InternalServerException'),
  sqs: failure('InternalError'),
  ses: failure('InternalFailure'),
  sns: failure('InternalError'),
  s3: failure('InternalError'),
  lambda: failure('ServiceException'),
  sockets: failure('InternalServerErrorException'),
};

/** What DynamoDB says when another transaction is under way on an item; of a transaction, on its first item. */
export function conflicting(service: Service, operation: string, body: string): Answer {
  if (service !== 'dynamodb') throw new Error(`Only DynamoDB has conflicts, got ${service}`);
  if (!operation.startsWith('Transact'))
    return errorAnswer(service, {
      status: 400,
      code: 'TransactionConflictException',
      message: 'Transaction is ongoing for the item',
    });
  const { TransactItems = [] } = JSON.parse(body) as { TransactItems?: readonly unknown[] };
  const reasons = TransactItems.map((_, at) =>
    at === 0
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  const names = reasons.map(({ Code }) => Code).join(', ');
  return errorAnswer(service, {
    status: 400,
    code: 'TransactionCanceledException',
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${names}]`,
    more: { CancellationReasons: reasons },
  });
}
