import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  IdempotentParameterMismatchException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';

// The refusals of DynamoDB as the SDK throws them, with the status that decides whether the client tries again.

const refused = { $metadata: { httpStatusCode: 400 } };

/** The code of a write's reason inside a cancelled transaction; `None` where that write would have gone through. */
export type ReasonCode =
  | 'None'
  | 'ConditionalCheckFailed'
  | 'TransactionConflict'
  | 'ThrottlingError'
  | 'ValidationError';

export const invalid = (message: string): DynamoDBServiceException =>
  new DynamoDBServiceException({ ...refused, name: 'ValidationException', message, $fault: 'client' });

export const conditionFailed = (): ConditionalCheckFailedException =>
  new ConditionalCheckFailedException({ ...refused, message: 'The conditional request failed' });

export const conflicting = (): TransactionConflictException =>
  new TransactionConflictException({
    ...refused,
    message: 'Transaction is ongoing for the item',
  });

export const throttled = (): ProvisionedThroughputExceededException =>
  new ProvisionedThroughputExceededException({
    ...refused,
    message: 'The level of configured provisioned throughput for the table was exceeded',
  });

export const failed = (): InternalServerError =>
  new InternalServerError({ $metadata: { httpStatusCode: 500 }, message: 'Internal server error' });

export const otherParameters = (): IdempotentParameterMismatchException =>
  new IdempotentParameterMismatchException({ ...refused, message: 'A token came with other parameters' });

/** A cancelled transaction: one code at the place of each write. */
export function cancelled(codes: readonly ReasonCode[]): TransactionCanceledException {
  return new TransactionCanceledException({
    ...refused,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}
